namespace StaticNet.Benchmarks.Workloads;

/// <summary>
/// The networks for the peers, layer by layer. Ours are declared in the folder Networks and in samples/ModelZoo; both have as many
/// multiply-adds, and their outputs are compared.
/// </summary>
internal static class NetworkShapes
{
    private const int SmallestBatch = 32;
    private const int LargestBatch = 256;

    public static NetworkShape Xor { get; } = new("xor-2-8-1", Loss.BinaryCrossEntropy, [2], Dense(new Tanh(), 8, 1));

    public static NetworkShape Mlp128 { get; } =
        new("mlp-784-128-10", Loss.SoftmaxCrossEntropy, [784], Dense(new Relu(), 128, 10));

    public static NetworkShape Mlp500 { get; } =
        new("mlp-784-500-10", Loss.SoftmaxCrossEntropy, [784], Dense(new Relu(), 500, 10));

    public static NetworkShape Autoencoder { get; } =
        new("autoencoder-640", Loss.Reconstruction, [640], Dense(new Relu(), 128, 128, 128, 128, 8, 128, 128, 128, 128, 640));

    public static NetworkShape MnistCnn { get; } = new(
        "cnn-mnist",
        Loss.SoftmaxCrossEntropy,
        [28, 28, 1],
        [
            new Convolution(32, new(3)), new Relu(), new MaxPooling(new(2, stride: 2)),
            new Convolution(64, new(3)), new Relu(), new MaxPooling(new(2, stride: 2)),
            new Flatten(), new Dense(512), new Relu(), new Dropout(0.5),
            new Dense(10),
        ])
    {
        TrainingBatches = [SmallestBatch, LargestBatch],
    };

    public static NetworkShape CifarCnn { get; } = new(
        "cnn-cifar",
        Loss.SoftmaxCrossEntropy,
        [32, 32, 3],
        [
            new Convolution(64, new(3, padding: Padding.Same)), new Relu(), new MaxPooling(new(2, stride: 2)),
            new Convolution(128, new(3, padding: Padding.Same)), new Relu(), new MaxPooling(new(2, stride: 2)),
            new Flatten(), new Dense(1024), new Relu(), new Dropout(0.5),
            new Dense(10),
        ])
    {
        InferenceBatches = [1, SmallestBatch],
        TrainingBatches = [SmallestBatch, LargestBatch],
    };

    public static NetworkShape ResNet8 { get; } = new(
        "resnet-8",
        Loss.SoftmaxCrossEntropy,
        [32, 32, 3],
        [
            .. TinyConvolution(16, stride: 1), new Relu(),
            new Residual(TinyBody(16, stride: 1), []), new Relu(),
            new Residual(TinyBody(32, stride: 2), [TinyWindow(32, 1, stride: 2)]), new Relu(),
            new Residual(TinyBody(64, stride: 2), [TinyWindow(64, 1, stride: 2)]), new Relu(),
            new AveragePooling(new(8, stride: 8)), new Flatten(), new Dense(10),
        ])
    {
        InferenceBatches = [1],
        TrainingBatches = [SmallestBatch],
    };

    private static IReadOnlyList<Layer> Dense(Layer hidden, params int[] units) =>
        [.. units[..^1].SelectMany(count => new[] { new Dense(count), hidden }), new Dense(units[^1])];

    private static Layer[] TinyBody(int filters, int stride) =>
        [.. TinyConvolution(filters, stride), new Relu(), .. TinyConvolution(filters, stride: 1)];

    private static Layer[] TinyConvolution(int filters, int stride) =>
        [TinyWindow(filters, 3, stride), new BatchNormalization(Epsilon: 1e-3, Momentum: 0.01)];

    private static Convolution TinyWindow(int filters, int size, int stride) =>
        new(filters, new(size, stride, Padding.SameUpper)) { L2 = 1e-4 };
}
