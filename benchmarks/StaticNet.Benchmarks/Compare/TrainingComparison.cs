using System.Globalization;
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

        var peerThreads = FasterThreads(network.Shape, batch, threads, rounds);
        var peer = new TorchTraining(_torch, network.Shape, batch, peerThreads);
        var name = string.Create(CultureInfo.InvariantCulture, $"pytorch {_torch.Version}");
        return new(
            rounds.Run(side, peer),
            peerThreads == threads ? name : string.Create(CultureInfo.InvariantCulture, $"{name} on {peerThreads} thread"),
            allocated,
            null);
    }

    public void Dispose() => _torch?.Dispose();

    /// <summary>Small networks train faster on one thread however many there are.</summary>
    private int FasterThreads(NetworkShape shape, int batch, int threads, PairedRounds rounds)
    {
        if (threads == 1)
        {
            return 1;
        }

        var one = rounds.Estimate(new TorchTraining(_torch!, shape, batch, 1));
        var all = rounds.Estimate(new TorchTraining(_torch!, shape, batch, threads));
        return one < all ? 1 : threads;
    }
}
