using ModelZoo;
using StaticNet.Benchmarks.Workloads.Networks;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>What is compared on a GPU: training steps of three networks, and one large matrix product, each in several precisions.</summary>
internal static class CudaNetworks
{
    private static readonly NetworkShape s_mlp = Trained(MlpShapes.Mlp500);
    private static readonly NetworkShape s_mnist = Trained(CnnShapes.MnistCnn);
    private static readonly NetworkShape s_cifar = Trained(CnnShapes.CifarCnn);

    private static readonly NetworkShape s_product =
        new("product-4096", Loss.None, [4096], [new Dense(4096)]) { InferenceBatches = [4096], TrainingBatches = [] };

    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        new(s_mlp, threads =>
        {
            var network = new Mlp784x500x10(seed: 1);
            return BenchmarkedNetwork.Generated(
                network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        })
        {
            Precision = Precision.Float32,
        },
        new(s_mlp, threads =>
        {
            var network = new Mlp784x500x10TensorFloat32(seed: 1);
            return BenchmarkedNetwork.Generated(
                network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        })
        {
            Precision = Precision.TensorFloat32,
        },
        new(s_mnist, threads =>
        {
            var network = new MnistCnn(seed: 1);
            return BenchmarkedNetwork.Generated(
                network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        })
        {
            Precision = Precision.Float32,
        },
        new(s_mnist, threads =>
        {
            var network = new MnistCnnTensorFloat32(seed: 1);
            return BenchmarkedNetwork.Generated(
                network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        })
        {
            Precision = Precision.TensorFloat32,
        },
        new(s_cifar, threads =>
        {
            var network = new CifarCnn(seed: 1);
            return BenchmarkedNetwork.Generated(
                network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        })
        {
            Precision = Precision.Float32,
        },
        new(s_cifar, threads =>
        {
            var network = new CifarCnnTensorFloat32(seed: 1);
            return BenchmarkedNetwork.Generated(
                network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        })
        {
            Precision = Precision.TensorFloat32,
        },
        new(s_product, threads =>
        {
            var network = new Product4096(seed: 1);
            return BenchmarkedNetwork.Generated(network, threads, (x, y) => network.Forward(x, y), NoTraining);
        })
        {
            Precision = Precision.Float32,
        },
        new(s_product, threads =>
        {
            var network = new Product4096TensorFloat32(seed: 1);
            return BenchmarkedNetwork.Generated(network, threads, (x, y) => network.Forward(x, y), NoTraining);
        })
        {
            Precision = Precision.TensorFloat32,
        },
        new(s_product, threads =>
        {
            var network = new Product4096BFloat16(seed: 1);
            return BenchmarkedNetwork.Generated(network, threads, (x, y) => network.Forward(x, y), NoTraining);
        })
        {
            Precision = Precision.BFloat16,
        },
    ];

    private static NetworkShape Trained(NetworkShape shape) => shape with { InferenceBatches = [], TrainingBatches = [128] };

    private static double NoTraining(TrainingBatch batch, Optimizer optimizer) => throw new InvalidOperationException("A product has no loss.");
}
