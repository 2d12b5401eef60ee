using StaticNet.Generators.IR;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

public class InitializerTests
{
    [Theory]
    [InlineData("[Dense(3), Relu]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), Dropout(0.5), Flatten, Relu]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), LeakyRelu]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), Elu]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), Gelu]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), Silu]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), HardSwish]", InitializerKind.HeNormal)]
    [InlineData("[Dense(3), Selu]", InitializerKind.LecunNormal)]
    [InlineData("[Dense(3), Tanh]", InitializerKind.GlorotUniform)]
    [InlineData("[Dense(3), Sigmoid, Relu]", InitializerKind.GlorotUniform)]
    [InlineData("[Dense(3), Dense(2), Relu]", InitializerKind.GlorotUniform)]
    [InlineData("[Dense(3)]", InitializerKind.GlorotUniform)]
    [InlineData("[Dense(3)] [SoftmaxCrossEntropy]", InitializerKind.GlorotUniform)]
    [InlineData("""[Dense(3, As = "a"), Tanh, Relu(From = "a"), Add("tanh1")]""", InitializerKind.GlorotUniform)]
    [InlineData("[Dense(3, Initializer = Initializer.LecunUniform), Relu]", InitializerKind.LecunUniform)]
    public void Weights_start_by_what_follows_unless_they_say(string layers, object kind) =>
        Assert.Equal(new InitializerSpec((InitializerKind)kind, 4, 3), Source.Analyze("[Input(4)]" + layers).Layers[0].Parameters[0].Initializer);

    [Fact]
    public void Biases_start_at_zero_unless_they_say()
    {
        Assert.Equal(InitializerKind.Zeros, BiasOf("[Dense(3), Relu]").Kind);
        Assert.Equal(
            new InitializerSpec(InitializerKind.Constant, 4, 3, 0.25),
            BiasOf("[Dense(3, BiasInitializer = Initializer.Constant, InitialValue = 0.25), Relu]"));
        Assert.Equal(new InitializerSpec(InitializerKind.HeUniform, 4, 3), BiasOf("[Dense(3, BiasInitializer = Initializer.HeUniform)]"));

        static InitializerSpec BiasOf(string layers) => Source.Analyze("[Input(4)]" + layers).Layers[0].Parameters[1].Initializer;
    }
}
