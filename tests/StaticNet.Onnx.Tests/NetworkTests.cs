using System.Reflection;

namespace StaticNet.Onnx.Tests;

/// <summary>What ONNX Runtime makes of an exported file agrees with <c>Predict</c> and with <c>Forward</c>.</summary>
public sealed class NetworkTests
{
    private static readonly Type[] s_zoo = Networks(typeof(ModelZoo.LeNet5).Assembly);

    public static TheoryData<string> Zoo => [.. s_zoo.Select(type => type.Name)];

    /// <summary>The reference networks.</summary>
    [Theory]
    [MemberData(nameof(Zoo))]
    public void A_network_of_the_model_zoo_agrees_with_onnx_runtime(string name)
    {
        OnnxRuntime.IsNeeded();

        // Half a gigabyte is written and read once.
        OnnxOutput[] outputs = name is "Vgg16" or "AlexNet" ? [OnnxOutput.Predict] : [OnnxOutput.Predict, OnnxOutput.Forward];
        AssertAgrees(s_zoo.Single(type => type.Name == name), batch: outputs.Length, outputs);
    }

    /// <summary>Every layer with every argument that the conformance suites have.</summary>
    [Fact]
    public void Networks_of_the_conformance_suites_agree_with_onnx_runtime()
    {
        OnnxRuntime.IsNeeded();
        Assert.All(Networks(typeof(Conformance.Networks.Mlp128).Assembly), type => AssertAgrees(type, batch: 3, OnnxOutput.Predict, OnnxOutput.Forward));
    }

    private static void AssertAgrees(Type type, int batch, params OnnxOutput[] outputs)
    {
        using var network = new ExportedNetwork(type);
        Assert.All(outputs, output => network.AssertAgrees(output, batch));
    }

    private static Type[] Networks(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(NetworkAttribute))).OrderBy(type => type.Name, StringComparer.Ordinal)];
}
