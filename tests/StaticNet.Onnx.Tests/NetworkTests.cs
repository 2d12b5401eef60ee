using System.Reflection;

namespace StaticNet.Onnx.Tests;

/// <summary>What ONNX Runtime makes of an exported file agrees with <c>Predict</c> and with <c>Forward</c>.</summary>
public sealed class NetworkTests
{
    private static readonly Type[] s_zoo = Networks(typeof(ModelZoo.LeNet5).Assembly);

    private static readonly Type[] s_conformance = Networks(typeof(Conformance.Networks.Mlp128).Assembly);

    public static TheoryData<string> Zoo => [.. s_zoo.Select(type => type.Name)];

    /// <summary>The reference networks.</summary>
    [Theory]
    [MemberData(nameof(Zoo))]
    public void A_network_of_the_model_zoo_agrees_with_onnx_runtime(string name) =>
        Agree(s_zoo.Single(type => type.Name == name), name is "Vgg16" or "AlexNet" ? 1 : 2);

    /// <summary>Every layer with every argument that the conformance suites have.</summary>
    [Fact]
    public void Networks_of_the_conformance_suites_agree_with_onnx_runtime() =>
        Assert.All(s_conformance, type => Agree(type, batch: 3));

    private static void Agree(Type type, int batch)
    {
        OnnxRuntime.Required();
        using var network = new ExportedNetwork(type);
        network.AssertAgreesWithOnnxRuntime(batch);
    }

    private static Type[] Networks(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(NetworkAttribute))).OrderBy(type => type.Name, StringComparer.Ordinal)];
}
