using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Golden;

/// <summary>
/// The half of the class that users see, to be read as a whole: golden files catch what no other test looks for. What the kernels
/// compute is tested elsewhere.
/// </summary>
public class SurfaceTests
{
    [Fact]
    public Task Classifier() => Verify(
        """
        namespace Samples;

        [Network]
        [Input(28, 28, 1)]
        [Flatten, Dense(128), Relu, Dropout(0.5)]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class Digits;
        """);

    [Fact]
    public Task Graph() => Verify(
        """
        [Network]
        [Input(8, As = "user"), Input(16, As = "item")]
        [Dense(1000, From = "user", As = "taste"), Dense(1000, From = "item"), Multiply("taste")]
        [Dense(1, UseBias = false, Initializer = Initializer.Constant, InitialValue = -0.5, L2 = 1e-4), Sigmoid]
        internal partial class Recommender;
        """);

    [Fact]
    public Task Blocks() => Verify(
        """
        [Network]
        [Input(64)]
        [Block<Stem>(As = "stem")]
        [Residual<Body>(Repeat = 2, As = "layer1")]
        [Dense(10), SoftmaxCrossEntropy]
        public partial class Deep;

        [Block, Dense(Width.Half), Relu]
        public class Stem;

        [Block, Dense(Width.Double), Relu, Block<Narrow>]
        public class Body;

        [Block, Dense(Width.Half, UseBias = false)]
        public class Narrow;
        """);

    [Fact]
    public Task Mistake() => Verify("[Network, Input(4), Dense(0, As = \"class\"), Dense(2), SoftmaxCrossEntropy] public partial class Wrong;");

    [Fact]
    public Task Frozen()
    {
        var weights = PreparedWeights.Of(("digits.safetensors", [("dense1.weight", [128, 784]), ("dense1.bias", [128]), ("dense2.weight", [10, 128]), ("dense2.bias", [10])]));
        var compilation = TestCompilation.Create(
            """
            namespace Samples;

            [Network]
            [Input(28, 28, 1)]
            [Flatten, Dense(128), Relu, Dropout(0.5)]
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Digits;

            [Frozen<Digits>("digits.safetensors")]
            public partial class DigitReader;
            """);
        var files = GeneratorRun.Start(compilation, new NetworkGenerator(), weights).Files;
        return Verifier.Verify(files.Single(file => file.HintName == "Samples.DigitReader.g.cs").Text, "cs");
    }

    /// <summary>The file without kernels, which is the one with the shortest name.</summary>
    private static Task Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var files = GeneratorRun.Start(TestCompilation.Create(source), new NetworkGenerator()).Files;
        return Verifier.Verify(files.MinBy(file => file.HintName.Length).Text, "cs", method: method);
    }
}
