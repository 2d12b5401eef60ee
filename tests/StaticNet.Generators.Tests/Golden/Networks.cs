namespace StaticNet.Generators.Tests.Golden;

/// <summary>Declarations of many kinds, for tests that all of them must pass.</summary>
internal static class Networks
{
    /// <summary>Each a file of its own that declares a network.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["classifier"] = Net("[Input(28, 28, 1)]\n[Flatten, Dense(32), Relu, Dropout(0.5)]\n[Dense(10), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]"),
        ["xor"] = Net("[Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy]"),
        ["one layer"] = Net("[Input(3), Dense(1), MeanSquaredError]"),
        ["no loss"] = Net("[Input(3), Dense(4), Sigmoid]"),
        ["no parameters"] = Net("[Input(3, 2), Flatten, Relu]"),
        ["no bias"] = Net("[Input(5), Dense(7, UseBias = false), Gelu, Dense(2, UseBias = false), MeanAbsoluteError]"),
        ["matrix"] = Net("[Input(6, 5), Dense(4), Silu, Dense(3), Huber]"),
        ["autoencoder"] = Net("[Input(64), Dense(16), Elu, Dense(64), Sigmoid, BinaryCrossEntropy(FromLogits = false)]"),
        ["probabilities"] = Net("[Input(9), Dense(33), LeakyRelu, Dense(3), Softmax, CategoricalCrossEntropy(Targets = Targets.OneHot)]"),
        ["every activation"] = Net(
            "[Input(17)]\n[Dense(16), Relu, Dense(16), LeakyRelu(0.1), Dense(16), Elu, Dense(16), Selu, Dense(16), Gelu, Dense(16), Silu]\n"
            + "[Dense(16), Softplus, Dense(16), Sigmoid, Dense(16), HardSigmoid, Dense(16), HardSwish, Dense(16), Tanh, Dense(16), Softmax]\n"
            + "[Dense(5), LogSoftmax]"),
        ["penalties"] = Net("[Input(4), Dense(3, L1 = 1e-5, L2 = 0.25, Initializer = Initializer.Constant, InitialValue = -1.5e-7), MeanSquaredError]"),
        ["skip"] = Net("""[Input(8), Dense(8, As = "skip"), Relu, Dense(8), Add("skip"), Relu, Concat("skip"), Dense(2), SoftmaxCrossEntropy]"""),
        ["two inputs"] = Net(
            """[Input(8, As = "user"), Input(16, As = "item")]""" + "\n" + """[Dense(32, From = "user", As = "u"), Dense(32, From = "item"), Multiply("u"), Dense(1), BinaryCrossEntropy]"""),
        ["three inputs"] = Net("""[Input(2, As = "a"), Input(2, As = "b"), Input(3, As = "c")]""" + "\n" + """[Concat("a", "b", "c"), Dense(4), MeanSquaredError]"""),
        ["large"] = Net("[Input(1500), Dense(1001), Relu, Dense(1000), SoftmaxCrossEntropy]"),
        ["namespace"] = "namespace A.B.C;\n" + Net("[Input(2), Dense(2), SoftmaxCrossEntropy]"),
        ["keywords"] = "namespace @namespace.@class;\n" + Net("[Input(2), Dense(2), SoftmaxCrossEntropy]").Replace("class Net", "class @event", StringComparison.Ordinal),
        ["internal"] = Net("[Input(2), Dense(2)]").Replace("public", "internal", StringComparison.Ordinal),
        ["letters"] = Net("[Input(2), Dense(2), SoftmaxCrossEntropy]").Replace("class Net", "class Größe", StringComparison.Ordinal),
        ["blocks"] = "/// <summary>A body.</summary>\n[Block, Dense(Width.Double), Relu, Dense(Width.Half)] public class Body;\n"
            + "/// <summary>A block that has blocks of its own name.</summary>\n[Block, Block<Body>, Residual<Body>(Projection = true, As = \"block1Parameter\"), Block<Body>(Repeat = 2, As = \"repetition\")] public class Outer;\n"
            + Net("[Input(6)]\n[Block<Outer>, Block<Outer>(Repeat = 2, As = \"stage\"), Residual<Outer>(Shortcut = typeof(Body), As = \"nestedBlock1\"), Dense(2), SoftmaxCrossEntropy]"),
        ["own members"] = Net("[Input(2), Dense(2), SoftmaxCrossEntropy]")
            .Replace("class Net;", "class Net\n{\n    /// <summary>Mine.</summary>\n    public float[] Half(float[] x)\n    {\n        var y = new float[2];\n        Predict(x, y);\n        return y;\n    }\n}", StringComparison.Ordinal),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    private static string Net(string attributes) => $"/// <summary>A network.</summary>\n[Network]\n{attributes}\npublic sealed partial class Net;\n";
}
