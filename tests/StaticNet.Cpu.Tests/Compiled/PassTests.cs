using StaticNet.Conformance;
using StaticNet.Generators;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>What only makes code faster changes no bit: the same networks compiled with and without each pass give the same.</summary>
public class PassTests
{
    private static readonly string[] s_declarations =
    [
        "[Input(13)] [Dense(33), Relu, Dropout(0.3), Dense(17), Elu, Dense(1), Sigmoid, BinaryCrossEntropy(FromLogits = false)]",
        """[Input(7, As = "a"), Input(5, As = "b")] [Dense(20, From = "a"), Tanh(As = "x")] [Dense(20, From = "b"), Multiply("x", As = "y")] [Add("x", "y"), Softmax(As = "s"), Concat("s", "b"), Dense(35), SoftmaxCrossEntropy]""",
        "[Input(3, 4, 5)] [Dense(18), Gelu, LogSoftmax, Flatten, Dropout(0.5), Dense(40), Silu, Dense(9), Huber(0.5)]",
        """[Input(6, As = "a"), Input(6, As = "b")] [Dense(6, From = "a", As = "l"), Dense(6, From = "a", As = "r")] [Add("l", "r", "b"), HardSwish, Add("b", As = "s")] [Concat("s", "s"), Dense(3), MeanAbsoluteError]""",
        "[Input(3, 4, 5)] [Dense(18), BatchNorm(Momentum = 0.3), Relu, GroupNorm(3), Dense(33, UseBias = false), LocalResponseNorm(5, Alpha = 0.5), BatchNorm(Affine = false), LayerNorm, Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(2)] [Dense(8), Tanh, Dense(1), BinaryCrossEntropy]",
        """[Input(5, 4, 3)] [Dense(17), Tanh, ZeroPad2D(1), Dense(16, As = "a"), ZeroPad2D(0, 2, 1, 0, As = "b")] [ZeroPad2D(1, 1, 0, 1, From = "a"), Multiply("b"), Dense(3), MeanSquaredError]""",
        """[Input(5, 4, 3)] [Dense(18), Relu(As = "a"), MaxPool2D(2), Tanh, MaxPool2D(3, Stride = 2, Padding = Padding.Same), Dense(5), Flatten(As = "b")] [AveragePool2D(2, From = "a"), Dense(70), GlobalAveragePool2D, Concat("b"), Dense(3), SoftmaxCrossEntropy]""",
        "[Input(15, 5)] [Dense(17), MaxPool1D(2), AveragePool1D(3, Stride = 2, Pads = [2, 1], CountPadding = false), Flatten, Dense(2), MeanSquaredError]",
        "[Input(3, 4, 3, Layout = Layout.CHW)] [Dense(20), Tanh, SpatialDropout2D(0.3), Upsample2D(2, Mode = Interpolation.Bilinear), Dense(5), GlobalMaxPool2D, Dense(3), SoftmaxCrossEntropy]",
        "[Input(4, 5, 3)] [Dense(17), Silu, Upsample2D(3), Dense(5), Reshape(15, 12, 5), GlobalAveragePool2D, Reshape(1, 5), Dense(2), MeanSquaredError]",
        "[Input(9, 8, 1)] [Dense(1), Tanh, MaxPool2D(3, 2), Sigmoid, AveragePool2D(2, Padding = Padding.SameUpper), Dense(18), AveragePool2D(2), Flatten]",
    ];

    /// <summary>Windows after convolutions: behind the last of them are lines, places, both or none; of tiles, whole lines and parts of a panel.</summary>
    private static readonly string[] s_pooled =
    [
        "[Input(13, 11, 3)] [Conv2D(33, 3), Relu, MaxPool2D(2), Conv2D(16, 2, Padding = Padding.SameUpper), AveragePool2D(2), Tanh, Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(11, 9, 16)] [Conv2D(48, 3, Padding = Padding.Same), BatchNorm, Relu, MaxPool2D(2), Conv2D(20, 3, Padding = Padding.Same), AveragePool2D(4), Flatten, MeanSquaredError]",
        "[Input(15, 5)] [Conv1D(17, 3), Relu, MaxPool1D(2), Conv1D(6, 2), AveragePool1D(3), Flatten, Dense(2), MeanSquaredError]",
        """[Input(8, 8, 4, As = "x")] [AveragePool2D(2, As = "y")] [Conv2D(4, 3, Padding = Padding.Same, From = "x"), Silu, MaxPool2D(2), Add("y"), Conv2D(8, 3, Padding = Padding.Same, Stride = 2), Flatten, MeanSquaredError]""",
        "[Input(3, 8, 256)] [Conv2D(128, 2), Relu, MaxPool2D(2), Flatten, Dense(2), MeanSquaredError]",
        "[Input(4, 3, 5)] [ConvTranspose2D(18, 3, Stride = 2), Tanh, AveragePool2D(3), Conv2D(40, 1), MaxPool2D(1, 2), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(4, 8, 4)] [Conv2D(20, 2), Relu, AveragePool2D(3, 7), Flatten, Dense(3), SoftmaxCrossEntropy]",
    ];

    private static readonly int[] s_batches = [1, 13, 67];

    private static readonly Lazy<List<Outcome>> s_expected = new(() => Run(s_declarations, new(Unroll: false)));

    [Fact]
    public void Fusing_changes_no_bit() => AssertNothingChanges(new(Unroll: false, Fuse: false));

    [Fact]
    public void Sharing_memory_changes_no_bit() => AssertNothingChanges(new(Unroll: false, ReuseMemory: false));

    [Fact]
    public void Simplifying_changes_no_bit() => AssertNothingChanges(new(Unroll: false, Simplify: false));

    /// <summary>Lines that only the thread has that pools them, and whole images.</summary>
    [Fact]
    public void Pooling_lines_where_they_are_made_changes_no_bit()
    {
        SkipUnlessFirst();
        AssertSame(s_pooled, Run(s_pooled, new(Unroll: false, Pool: false)), Run(s_pooled, new(Unroll: false)));
    }

    /// <summary>Straight-line code sums in another order: it agrees with the interpreter, as loops do.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unrolled_or_not_networks_agree_with_the_interpreter(bool unroll)
    {
        using var networks = CompiledNetworks.Compile(s_declarations, new(Unroll: unroll));
        Oracle.AssertAgree(networks, 1, 12, 67);
    }

    private static void SkipUnlessFirst() =>
        Assert.SkipWhen(LeafTests.IsNarrowed || !LeafTests.IsOnLatestRuntime, "Passes know neither vector width nor .NET; compiling takes its time.");

    private static void AssertNothingChanges(Optimizations without)
    {
        SkipUnlessFirst();
        AssertSame(s_declarations, s_expected.Value, Run(s_declarations, without));
    }

    private static void AssertSame(string[] declarations, List<Outcome> expected, List<Outcome> actual)
    {
        for (var i = 0; i < actual.Count; i++)
            Outcome.AssertSame(expected[i], actual[i], $"{declarations[i / s_batches.Length]} at batch {s_batches[i % s_batches.Length]}");
    }

    private static List<Outcome> Run(string[] declarations, Optimizations optimizations)
    {
        using var networks = CompiledNetworks.Compile(declarations, optimizations);
        var outcomes = new List<Outcome>();
        for (var i = 0; i < declarations.Length; i++)
        {
            using var network = networks.Create(i);
            outcomes.AddRange(s_batches.Select(batch => Outcome.Of(network, batch, before: () => network.Core.Poison(float.NaN))));
        }

        return outcomes;
    }
}
