using System.Text.RegularExpressions;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Backends;

/// <summary>What the back end writes: which methods, how large, in which form.</summary>
public partial class KernelTests
{
    [Fact]
    public void Equal_shapes_share_a_kernel()
    {
        var kernels = File("[Input(64), Dense(64), Relu, Dense(64), Relu, Dense(64), Relu, Dense(64), Relu, Dense(64), MeanSquaredError]", "Kernels512");

        Assert.Single(Regex.Matches(kernels, @"static void Panel64x32\w*\("));
        Assert.Single(Regex.Matches(kernels, @"static void GradientPanel32\w*\("));
    }

    /// <summary>Images of one size, one after the other in one place: its border stays zero.</summary>
    [Fact]
    public void Borders_that_are_there_are_not_cleared_again()
    {
        const string block = ", Conv2D(16, 1), DepthwiseConv2D(3, Padding = Padding.Same)";
        var workspace = File($"[Input(6, 4, 16){block}{block}{block}{block}, Flatten, MeanSquaredError]", "Workspace");
        var forward = workspace[workspace.IndexOf("void Forward(", StringComparison.Ordinal)..workspace.IndexOf("void Predict(", StringComparison.Ordinal)];

        Assert.Single(Regex.Matches(forward, "ClearAround"));
    }

    [Theory]
    [InlineData("[Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy]", "Train: unrolled: ")]
    [InlineData("[Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy]", "Backward: unrolled: ")]
    [InlineData("[Input(40), Dense(40), SoftmaxCrossEntropy]", "Train: loops over tiles: 3200 products a sample are more than the budget of 600 statements.")]
    [InlineData("[Input(2), Dense(3), Dropout(0.5), Dense(1), MeanSquaredError]", "Train: loops over tiles: random numbers, windows and what samples share have no straight-line form.")]
    [InlineData("[Input(10), Dense(50), Tanh, Dense(1), MeanSquaredError]", "Forward: loops over tiles: ")]
    public void The_file_says_what_is_unrolled_and_why(string declaration, string reason) =>
        Assert.Contains($"// {reason}", File(declaration, "Workspace"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Input(784), Dense(500), Relu, Dense(10), SoftmaxCrossEntropy]")]
    [InlineData("[Input(13), Dense(17), Gelu, Dense(100), Elu, Dense(5), MeanSquaredError]")]
    public void Widths_differ_in_types_and_register_tiles_alone(string declaration)
    {
        var (wide, narrow) = (File(declaration, "Kernels256"), File(declaration, "Kernels128"));

        Assert.Equal(Names(wide), Names(narrow));
        Assert.Equal(Names(wide), Names(File(declaration, "Kernels512")));
        Assert.DoesNotContain("Vector512", wide, StringComparison.Ordinal);
        Assert.DoesNotContain("FusedMultiplyAdd", narrow, StringComparison.Ordinal);
        Assert.DoesNotContain(".Sum(", wide + narrow, StringComparison.Ordinal);

        static IEnumerable<string> Names(string text) => MethodName().Matches(text).Select(m => m.Value);
    }

    /// <summary>A small network's generated files: to read, and to see every change of what users read.</summary>
    [Fact]
    public Task Unrolled_network() => Verifier.Verify(Run("[Input(2), Dense(2), Relu, Dense(1), MeanSquaredError]"));

    private static string File(string attributes, string kind) =>
        Run(attributes).Files.Single(f => f.HintName == $"Net.{kind}.g.cs").Text;

    private static GeneratorRun Run(string attributes) =>
        GeneratorRun.Start(TestCompilation.Create($"[Network] {attributes} public partial class Net;"), new NetworkGenerator());

    [GeneratedRegex(@"static void \w+\(")]
    private static partial Regex MethodName();
}
