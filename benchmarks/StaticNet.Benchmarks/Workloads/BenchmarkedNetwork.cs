using StaticNet.Benchmarks.Workloads.Networks;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>A network and how to make one that computes on a number of threads.</summary>
internal sealed record BenchmarkedNetwork(NetworkShape Shape, Func<int, IWorkload> Create)
{
    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        new(
            new("xor-2-8-1", Activation.Tanh, Loss.BinaryCrossEntropy, 2, 8, 1),
            threads =>
            {
                var network = new Xor2x8x1(seed: 1);
                return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Values, o));
            }),
        new(
            new("mlp-784-128-10", Activation.Relu, Loss.SoftmaxCrossEntropy, 784, 128, 10),
            threads =>
            {
                var network = new Mlp784x128x10(seed: 1);
                return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
            }),
        new(
            new("mlp-784-500-10", Activation.Relu, Loss.SoftmaxCrossEntropy, 784, 500, 10),
            threads =>
            {
                var network = new Mlp784x500x10(seed: 1);
                return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
            }),
        new(
            new("autoencoder-640", Activation.Relu, Loss.Reconstruction, 640, 128, 128, 128, 128, 8, 128, 128, 128, 128, 640),
            threads =>
            {
                var network = new Autoencoder640(seed: 1);
                return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Inputs, o));
            }),
    ];

    /// <exception cref="FormatException">No workload has the name.</exception>
    public static IReadOnlyList<BenchmarkedNetwork> Named(string? name)
    {
        IReadOnlyList<BenchmarkedNetwork> found = [.. All.Where(network => name is null || network.Shape.Name == name)];
        return found.Count > 0
            ? found
            : throw new FormatException($"There is no workload {name}; there are {string.Join(", ", All.Select(network => network.Shape.Name))}.");
    }

    private static GeneratedWorkload<TInput, TOutput> Generated<TInput, TOutput>(
        INetwork<TInput, TOutput> network, int threads, ForwardCall forward, TrainCall train)
        where TInput : IShape
        where TOutput : IShape => new(network, threads, forward, train);
}
