namespace StaticNet.Benchmarks.Workloads;

/// <summary>The residual networks for the peers. Ours are declared in samples/ModelZoo.</summary>
internal static class ResNetShapes
{
    public static NetworkShape ResNet8 { get; } = new(
        "resnet-8",
        Loss.SoftmaxCrossEntropy,
        [32, 32, 3],
        [
            .. Tiny(16, 3), new Relu(),
            new Residual(TinyBody(16, stride: 1), []), new Relu(),
            .. TinyDown(32),
            .. TinyDown(64),
            new AveragePooling(new(8, stride: 8)), new Flatten(), new Dense(10),
        ])
    {
        InferenceBatches = [1],
        TrainingBatches = [32],
    };

    public static NetworkShape ResNet18 { get; } = new(
        "resnet-18",
        Loss.SoftmaxCrossEntropy,
        [224, 224, 3],
        [
            .. Basic(64, 7, stride: 2), new Relu(), new MaxPooling(new(3, stride: 2, Padding.Same)),
            .. BasicBlock(64), .. BasicBlock(64),
            .. BasicDown(128), .. BasicBlock(128),
            .. BasicDown(256), .. BasicBlock(256),
            .. BasicDown(512), .. BasicBlock(512),
            new AveragePooling(new(7, stride: 7)), new Flatten(), new Dense(1000),
        ])
    {
        InferenceBatches = [1],
        TrainingBatches = [],
    };

    private static Layer[] TinyDown(int filters) =>
        [new Residual(TinyBody(filters, stride: 2), [TinyConvolution(filters, 1, stride: 2)]), new Relu()];

    private static Layer[] TinyBody(int filters, int stride) => [.. Tiny(filters, 3, stride), new Relu(), .. Tiny(filters, 3)];

    private static Layer[] Tiny(int filters, int size, int stride = 1) =>
        [TinyConvolution(filters, size, stride), new BatchNormalization(Epsilon: 1e-3, Momentum: 0.01)];

    private static Convolution TinyConvolution(int filters, int size, int stride) =>
        new(filters, new(size, stride, Padding.SameUpper)) { L2 = 1e-4 };

    private static Layer[] BasicBlock(int filters) => [new Residual(BasicBody(filters, stride: 1), []), new Relu()];

    private static Layer[] BasicDown(int filters) =>
        [new Residual(BasicBody(filters, stride: 2), Basic(filters, 1, stride: 2)), new Relu()];

    private static Layer[] BasicBody(int filters, int stride) => [.. Basic(filters, 3, stride), new Relu(), .. Basic(filters, 3)];

    private static Layer[] Basic(int filters, int size, int stride = 1) =>
        [new Convolution(filters, new(size, stride, Padding.Same)) { Bias = false }, new BatchNormalization()];
}
