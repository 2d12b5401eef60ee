namespace StaticNet.Benchmarks.Workloads;

/// <summary>The networks of depthwise convolutions for the peers. Ours are declared in samples/ModelZoo.</summary>
internal static class SeparableShapes
{
    public static NetworkShape DsCnn { get; } = new(
        "ds-cnn",
        Loss.SoftmaxCrossEntropy,
        [49, 10, 1],
        [
            .. Normalized(new(64, new(10, 4, 2, Padding.SameUpper))), new Dropout(0.2),
            .. Separable(64, 64), .. Separable(64, 64), .. Separable(64, 64), .. Separable(64, 64), new Dropout(0.4),
            new AveragePooling(new(24, 5, 24, Padding.Valid)), new Flatten(), new Dense(12),
        ])
    {
        InferenceBatches = [1],
        TrainingBatches = [],
    };

    public static NetworkShape MobileNet { get; } = new(
        "mobilenet-v1-0.25",
        Loss.SoftmaxCrossEntropy,
        [96, 96, 3],
        [
            .. Normalized(new(8, new(3, stride: 2, Padding.SameUpper))),
            .. Separable(8, 16),
            .. Separable(16, 32, stride: 2), .. Separable(32, 32),
            .. Separable(32, 64, stride: 2), .. Separable(64, 64),
            .. Separable(64, 128, stride: 2), .. Enumerable.Repeat(Separable(128, 128), 5).SelectMany(layers => layers),
            .. Separable(128, 256, stride: 2), .. Separable(256, 256),
            new AveragePooling(new(3, stride: 3)), new Flatten(), new Dense(2),
        ])
    {
        InferenceBatches = [1],
        TrainingBatches = [],
    };

    private static Layer[] Separable(int channels, int filters, int stride = 1) =>
    [
        .. Normalized(new(channels, new(3, stride, Padding.SameUpper)) { Groups = channels }),
        .. Normalized(new(filters, new(1))),
    ];

    private static Layer[] Normalized(Convolution convolution) =>
        [convolution, new BatchNormalization(Epsilon: 1e-3, Momentum: 0.01), new Relu()];
}
