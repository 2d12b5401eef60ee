using ModelZoo;
using StaticNet.Benchmarks.Workloads.Networks;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>A network and how to make one.</summary>
internal sealed class BenchmarkedNetwork(NetworkShape shape, Func<int, IWorkload> create)
{
    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        new(MlpShapes.Xor, threads =>
        {
            var network = new Xor2x8x1(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Values, o));
        }),
        new(MlpShapes.Mlp128, threads =>
        {
            var network = new Mlp784x128x10(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(MlpShapes.Mlp500, threads =>
        {
            var network = new Mlp784x500x10(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(MlpShapes.Autoencoder, threads =>
        {
            var network = new Autoencoder640(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Inputs, o));
        }),
        new(CnnShapes.MnistCnn, threads =>
        {
            var network = new MnistCnn(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(CnnShapes.CifarCnn, threads =>
        {
            var network = new CifarCnn(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(ResNetShapes.ResNet8, threads =>
        {
            var network = new ResNet8(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(SeparableShapes.DsCnn, threads =>
        {
            var network = new DsCnn(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(SeparableShapes.MobileNet, threads =>
        {
            var network = new MobileNet(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
        new(ResNetShapes.ResNet18, threads =>
        {
            var network = new ResNet18(seed: 1);
            return Generated(network, threads, (x, y) => network.Forward(x, y), (b, o) => network.TrainStep(b.Inputs, b.Classes, o));
        }),
    ];

    public NetworkShape Shape => shape;

    /// <summary>What its products are declared to be computed in, on a GPU.</summary>
    public Precision Precision { get; init; }

    /// <summary>A network that computes on a number of threads.</summary>
    /// <exception cref="InvalidOperationException">The peers' layers are another network's.</exception>
    public IWorkload Create(int threads)
    {
        var network = create(threads);
        return network.MultiplyAdds == shape.MultiplyAdds
            ? network
            : throw new InvalidOperationException(
                $"{shape.Name} has {network.MultiplyAdds} multiply-adds, but its layers for the peers have {shape.MultiplyAdds}.");
    }

    /// <summary>The networks that are compared on a device: one, or all.</summary>
    /// <exception cref="FormatException">No workload has the name.</exception>
    public static IReadOnlyList<BenchmarkedNetwork> Named(string? name, Device? device = null)
    {
        var all = device == Device.Cuda ? CudaNetworks.All : All;
        IReadOnlyList<BenchmarkedNetwork> found = [.. all.Where(network => name is null || network.Shape.Name == name)];
        return found.Count > 0
            ? found
            : throw new FormatException($"There is no workload {name}; there are {string.Join(", ", all.Select(network => network.Shape.Name).Distinct())}.");
    }

    /// <summary>A generated network as a workload.</summary>
    public static GeneratedWorkload<TInput, TOutput> Generated<TInput, TOutput>(
        INetwork<TInput, TOutput> network, int threads, ForwardCall forward, TrainCall train)
        where TInput : IShape
        where TOutput : IShape => new(network, threads, forward, train);
}
