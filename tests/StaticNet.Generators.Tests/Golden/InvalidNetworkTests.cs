using System.Reflection;
using Microsoft.CodeAnalysis;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Golden;

/// <summary>A network with a mistake shows the mistake and no cascade of members that are not there.</summary>
public class InvalidNetworkTests
{
    [Theory]
    [InlineData("[Dense(10), SoftmaxCrossEntropy]", "SN0002")]
    [InlineData("""[Input(4), Dense(8, As = "a"), Dense(10), Add("a"), SoftmaxCrossEntropy]""", "SN0003")]
    [InlineData("""[Input(4), Dense(10, From = "nowhere"), SoftmaxCrossEntropy]""", "SN0004")]
    [InlineData("""[Input(4), Dense(8, As = "a"), Dense(10, As = "A"), SoftmaxCrossEntropy]""", "SN0005")]
    [InlineData("""[Input(4), Dense(10, As = "1st"), SoftmaxCrossEntropy]""", "SN0006")]
    [InlineData("[Input(4), Dense(-1), Dense(10), SoftmaxCrossEntropy]", "SN0007")]
    [InlineData("[Input(4), Dense(10), SoftmaxCrossEntropy(LabelSmoothing = 2)]", "SN0007")]
    [InlineData("[Input(1, 1, 1, 1, 1, 1, 4), Flatten, Dense(10), SoftmaxCrossEntropy]", "SN0007")]
    [InlineData("[Input(2, 2), Dense(10), SoftmaxCrossEntropy]", "SN0009")]
    [InlineData("[Input(4), Dense(10), SoftmaxCrossEntropy, Relu]", "SN0015")]
    [InlineData("[Input(4), Dense(2147483647), Dense(10), SoftmaxCrossEntropy]", "SN0018")]
    [InlineData("[Input(4), Dense(10), Input(3), SoftmaxCrossEntropy]", "SN0019")]
    public async Task Only_the_mistake_is_reported(string attributes, string id)
    {
        var run = Run(attributes);

        Assert.Equal([id], (await run.Output.Analyze(new NetworkAnalyzer())).Select(d => d.Id));
        Assert.Empty(Errors(run));
    }

    [Fact]
    public async Task A_class_that_is_not_partial_keeps_its_members_too()
    {
        var run = Run("[Input(4), Dense(10), SoftmaxCrossEntropy]", "class");

        Assert.Equal(["SN0001"], (await run.Output.Analyze(new NetworkAnalyzer())).Select(d => d.Id));
        Assert.Equal(["CS0260"], Errors(run)); // Missing partial modifier: the compiler's word for the same.
    }

    [Fact]
    public async Task Layers_over_several_declarations_keep_their_members_too()
    {
        var run = Run("[Input(4)]", "partial class Net; [Dense(10), SoftmaxCrossEntropy] public partial class");

        Assert.Equal(["SN0008"], (await run.Output.Analyze(new NetworkAnalyzer())).Select(d => d.Id));
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Whoever_runs_it_all_the_same_is_told_why()
    {
        using var stream = new MemoryStream();
        var result = Run("[Input(4), Dense(0), Dense(10), SoftmaxCrossEntropy]").Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));

        var use = Assembly.Load(stream.ToArray()).GetType("Program")!.GetMethod("Use")!;
        var exception = Assert.IsType<InvalidOperationException>(Assert.Throws<TargetInvocationException>(() => use.Invoke(null, null)).InnerException);
        Assert.Contains("SN", exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Errors(GeneratorRun run) =>
        run.Output.Problems().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id);

    /// <summary>A network and code that uses all there is of it.</summary>
    private static GeneratorRun Run(string attributes, string kind = "partial class") => GeneratorRun.Start(
        TestCompilation.Create(
            $"[Network] {attributes} public {kind} Net;",
            """
            public static class Program
            {
                private static Dataset<TInput, TTarget> DataFor<TInput, TTarget>(ITrainable<TInput, TTarget> network)
                    where TInput : IShape
                    where TTarget : ITarget => throw new NotSupportedException();

                public static void Use()
                {
                    using var net = new Net(seed: 1);
                    var (input, output) = (new float[4], new float[10]);
                    net.Forward(input, output);
                    net.Predict(input, output);
                    net.Record(input, output);
                    net.Backward(input, output);
                    net.Reserve(8);
                    net.Threads = 2;
                    net.Save("weights");
                    net.Load("weights");
                    net.Step(new Sgd(0.1));
                    net.TrainStep(input, new[] { 1 }, new Sgd(0.1));
                    var history = net.Fit(DataFor(net), new Sgd(0.1), new() { Epochs = 1 });
                    var evaluation = net.Evaluate(DataFor(net));
                    using var other = Net.FromFile("weights");
                    Console.WriteLine(Net.Summary + Net.ToMermaid() + Net.ToDot() + Net.ParameterCount + Net.MultiplyAdds + Net.InferenceBytes + Net.ArenaBytes + Net.WorkspaceBytes + Net.ThreadBytes + Net.TrainingBytes(32));
                }
            }
            """),
        new NetworkGenerator());
}
