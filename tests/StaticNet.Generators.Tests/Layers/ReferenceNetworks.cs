namespace StaticNet.Generators.Tests.Layers;

/// <summary>The cases of the reference vectors as declarations.</summary>
internal static class ReferenceNetworks
{
    public static readonly IReadOnlyDictionary<string, string> Activations = new Dictionary<string, string>
    {
        ["relu"] = "Relu",
        ["leaky-relu"] = "LeakyRelu",
        ["elu"] = "Elu",
        ["selu"] = "Selu",
        ["gelu"] = "Gelu",
        ["gelu-tanh"] = "Gelu(Approximation = GeluApproximation.Tanh)",
        ["silu"] = "Silu",
        ["softplus"] = "Softplus",
        ["sigmoid"] = "Sigmoid",
        ["hard-sigmoid"] = "HardSigmoid",
        ["hard-swish"] = "HardSwish",
        ["tanh"] = "Tanh",
        ["softmax"] = "Softmax",
        ["log-softmax"] = "LogSoftmax",
    };

    /// <summary>What follows <c>Input(width), Dense(7)</c>, by the loss.</summary>
    public static readonly IReadOnlyDictionary<string, string> Losses = new Dictionary<string, string>
    {
        ["mean-squared-error"] = "MeanSquaredError",
        ["mean-squared-error-half"] = "MeanSquaredError(Half = true)",
        ["mean-absolute-error"] = "MeanAbsoluteError",
        ["huber"] = "Huber",
        ["huber-0.25"] = "Huber(0.25)",
        ["binary-cross-entropy"] = "Sigmoid, BinaryCrossEntropy(FromLogits = false)",
        ["binary-cross-entropy-soft"] = "Sigmoid, BinaryCrossEntropy(FromLogits = false)",
        ["binary-cross-entropy-from-logits"] = "BinaryCrossEntropy",
        ["categorical-cross-entropy-index"] = "Softmax, CategoricalCrossEntropy",
        ["categorical-cross-entropy-one-hot"] = "Softmax, CategoricalCrossEntropy(Targets = Targets.OneHot)",
        ["softmax-cross-entropy-index"] = "SoftmaxCrossEntropy",
        ["softmax-cross-entropy-one-hot"] = "SoftmaxCrossEntropy(Targets = Targets.OneHot)",
        ["softmax-cross-entropy-soft"] = "SoftmaxCrossEntropy(Targets = Targets.OneHot)",
        ["softmax-cross-entropy-index-smoothing"] = "SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
        ["softmax-cross-entropy-one-hot-smoothing"] = "SoftmaxCrossEntropy(Targets = Targets.OneHot, LabelSmoothing = 0.1)",
    };

    public static readonly IReadOnlyDictionary<string, string> Graphs = new Dictionary<string, string>
    {
        ["concat"] = """
            [Input(8, As = "user"), Input(16, As = "item")]
            [Dense(9, From = "user"), Tanh(As = "left")]
            [Dense(7, From = "item"), Tanh(As = "right")]
            [Concat("left", "right"), Dense(5)]
            """,
        ["residual"] = """[Input(12)] [Dense(15), Relu(As = "skip")] [Dense(15), Add("skip"), Relu] [Dense(3)]""",
        ["gating"] = """[Input(12, As = "x")] [Dense(9)] [Dense(9, From = "x"), Sigmoid, Multiply("dense1")] [Dense(4)]""",
        ["fan-out"] = """
            [Input(12)] [Dense(7), Tanh(As = "h")]
            [Dense(5, From = "h"), Dense(3, From = "h"), Dense(9, From = "h")]
            [Concat("dense2", "dense3", "dense4"), Tanh, Dense(3)]
            """,
        ["input-twice"] = """[Input(6, As = "x")] [Dense(6), Tanh, Add("x", As = "h")] [Concat("h", "x"), Dense(5)]""",
        ["square"] = """[Input(12)] [Dense(7), Multiply("dense1", "dense1")] [Dense(3)]""",
    };

    /// <summary>Units of the dense layers, one before each activation.</summary>
    private static readonly int[] Widths = [17, 33, 15, 29, 7, 31, 19, 25, 11, 37, 21, 9, 27, 23];

    /// <summary>Ends of cases' names that say at which points a loss is taken.</summary>
    private static readonly string[] Points = ["-exact", "-far", "-saturated"];

    public static string EveryActivation =>
        $"[Input(13)] [{string.Join(", ", Widths.Zip(Activations.Values, (width, layer) => $"Dense({width}), {layer}"))}] [Dense(5)]";

    /// <summary>The declaration of a case of the losses.</summary>
    public static string Loss(string name, int inputs)
    {
        var points = Points.FirstOrDefault(name.EndsWith) ?? "";
        return $"[Input({inputs})] [Dense(7), {Losses[name[..^points.Length]]}]";
    }
}
