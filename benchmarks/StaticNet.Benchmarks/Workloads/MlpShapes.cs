namespace StaticNet.Benchmarks.Workloads;

/// <summary>The multilayer perceptrons for the peers. Ours are declared in the folder Networks.</summary>
internal static class MlpShapes
{
    public static NetworkShape Xor { get; } = new("xor-2-8-1", Loss.BinaryCrossEntropy, [2], Layers(new Tanh(), 8, 1));

    public static NetworkShape Mlp128 { get; } =
        new("mlp-784-128-10", Loss.SoftmaxCrossEntropy, [784], Layers(new Relu(), 128, 10));

    public static NetworkShape Mlp500 { get; } =
        new("mlp-784-500-10", Loss.SoftmaxCrossEntropy, [784], Layers(new Relu(), 500, 10));

    public static NetworkShape Autoencoder { get; } =
        new("autoencoder-640", Loss.Reconstruction, [640], Layers(new Relu(), 128, 128, 128, 128, 8, 128, 128, 128, 128, 640));

    private static IReadOnlyList<Layer> Layers(Layer activation, params int[] units) =>
        [.. units[..^1].SelectMany(count => new[] { new Dense(count), activation }), new Dense(units[^1])];
}
