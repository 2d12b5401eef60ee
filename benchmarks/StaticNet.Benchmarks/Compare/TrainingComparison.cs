using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Peers.PyTorch;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Our <c>TrainStep</c> beside PyTorch's training step, on fresh random batches.</summary>
internal sealed class TrainingComparison : IComparison
{
    private readonly TorchProcess? _torch = TorchProcess.TryStart();

    public string? Missing => _torch is null ? PeerSetup.Missing("PyTorch", "pytorch") : null;

    public Finding Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds)
    {
        using var ours = network.Create(threads);
        using var data = new TrainingData(network.Shape, batch);
        void Step()
        {
            if (!double.IsFinite(ours.TrainStep(data.Next())))
            {
                throw new InvalidOperationException($"{network.Shape.Name}: the loss is not finite.");
            }
        }

        data.Refresh(1);
        var allocated = Allocations.PerCall(Step);
        var side = new CallSide(Step, data.Refresh);
        if (_torch is null)
        {
            return new(rounds.Run(side, peer: null), null, allocated, null);
        }

        var peer = Fastest(_torch, network.Shape, batch, threads, rounds);
        return new(rounds.Run(side, peer), peer.Name, allocated, null);
    }

    public void Dispose() => _torch?.Dispose();

    /// <summary>
    /// Small networks train faster on one thread however many there are; which order of images is the faster depends on the layers.
    /// </summary>
    private static TorchTraining Fastest(TorchProcess torch, NetworkShape shape, int batch, int threads, PairedRounds rounds)
    {
        int[] threadCounts = threads == 1 ? [1] : [1, threads];
        bool[] orders = shape.IsImage ? [false, true] : [false];
        TorchTraining[] ways =
            [.. threadCounts.SelectMany(_ => orders, (count, channelsLast) => new TorchTraining(torch, shape, batch, count, channelsLast))];
        var fastest = ways.Length == 1 ? ways[0] : ways.MinBy(way => Estimate(way, rounds))!;
        fastest.Load();
        return fastest;
    }

    private static double Estimate(TorchTraining way, PairedRounds rounds)
    {
        way.Load();
        return rounds.Estimate(way);
    }
}
