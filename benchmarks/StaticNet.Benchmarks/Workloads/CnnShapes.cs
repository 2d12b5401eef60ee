namespace StaticNet.Benchmarks.Workloads;

/// <summary>The plain convolutional networks for the peers. Ours are declared in samples/ModelZoo.</summary>
internal static class CnnShapes
{
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
        TrainingBatches = [32, 256],
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
        InferenceBatches = [1, 32],
        TrainingBatches = [32, 256],
    };
}
