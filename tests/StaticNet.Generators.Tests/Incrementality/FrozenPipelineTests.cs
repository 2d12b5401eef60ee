using Microsoft.CodeAnalysis;
using StaticNet.Generators.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace StaticNet.Generators.Tests.Incrementality;

/// <summary>Frozen classes are compiled again when their layers or their weights change, and not otherwise.</summary>
public class FrozenPipelineTests
{
    private const string Source = "[Network, Input(4), Dense(8), Relu, Dense(2), SoftmaxCrossEntropy]\npublic partial class Net;\n"
        + "[Frozen<Net>(\"net.safetensors\")]\npublic partial class Reader;\n";

    private static readonly (string Name, int[] Shape)[] s_tensors = [("dense1.weight", [8, 4]), ("dense1.bias", [8]), ("dense2.weight", [2, 8]), ("dense2.bias", [2])];

    [Fact]
    public void An_edit_elsewhere_compiles_nothing()
    {
        var (compilation, weights) = (TestCompilation.Create(Source), PreparedWeights.Of(("net.safetensors", s_tensors)));
        var run = GeneratorRun.Start(compilation, new NetworkGenerator(), weights);
        Assert.Equal([New], run.Reasons(TrackingNames.FrozenFiles));
        Assert.DoesNotContain(run.Output.Problems(), problem => problem.Severity == DiagnosticSeverity.Error);

        run = run.Then(compilation.AddFile("class Unrelated;", "Unrelated.cs"));
        Assert.Equal([Cached], run.Reasons(TrackingNames.FrozenFiles));
    }

    [Fact]
    public void Other_weights_leave_it_alone()
    {
        var compilation = TestCompilation.Create(Source);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator(), PreparedWeights.Of(("net.safetensors", s_tensors)))
            .Then(compilation, PreparedWeights.Of(("net.safetensors", s_tensors), ("other.safetensors", s_tensors)));

        Assert.Equal([Cached], run.Reasons(TrackingNames.FrozenFiles));
    }

    [Fact]
    public void Its_weights_compile_it_again()
    {
        var compilation = TestCompilation.Create(Source);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator(), PreparedWeights.None);
        Assert.Contains("could not be compiled", run.Files.Single(file => file.HintName == "Reader.g.cs").Text, StringComparison.Ordinal);

        run = run.Then(compilation, PreparedWeights.Of(("net.safetensors", s_tensors)));
        Assert.Equal([Modified], run.Reasons(TrackingNames.FrozenFiles));
        Assert.Equal([Cached], run.Reasons(TrackingNames.Files));
        Assert.DoesNotContain("could not be compiled", run.Files.Single(file => file.HintName == "Reader.g.cs").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_layers_compile_it_again()
    {
        var compilation = TestCompilation.Create(Source);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator(), PreparedWeights.Of(("net.safetensors", s_tensors)))
            .Then(compilation.Edit(Source.Replace("Relu", "Tanh", StringComparison.Ordinal)));

        Assert.Equal([Modified], run.Reasons(TrackingNames.FrozenFiles));
    }

    [Fact]
    public void The_network_may_be_in_another_assembly()
    {
        var lines = Source.Split('\n');
        using var networks = new MemoryStream();
        Assert.True(TestCompilation.Create($"{lines[0]}\n{lines[1]}").WithAssemblyName("Networks").Emit(networks, cancellationToken: TestContext.Current.CancellationToken).Success);
        var compilation = TestCompilation.Create($"{lines[2]}\n{lines[3]}").AddReferences(MetadataReference.CreateFromImage(networks.ToArray()));
        var run = GeneratorRun.Start(compilation, new NetworkGenerator(), PreparedWeights.Of(("net.safetensors", s_tensors)));

        Assert.DoesNotContain(run.Output.Problems(), problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Contains("new global::StaticNet.Execution.FrozenCore(", run.Files.Single(file => file.HintName == "Reader.g.cs").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_kept_of_the_compiler()
    {
        var run = GeneratorRun.Start(TestCompilation.Create(Source), new NetworkGenerator(), PreparedWeights.Of(("net.safetensors", s_tensors)));

        foreach (var value in run.Values(TrackingNames.FrozenSpec).Concat(run.Values(TrackingNames.FrozenFiles)))
        {
            ObjectGraph.Visit(value, reached => Assert.False(
                reached is ISymbol or Compilation or SyntaxNode or SyntaxTree or SemanticModel or Location or AttributeData or SyntaxReference,
                $"{value} holds on to {reached.GetType()}."));
        }
    }
}
