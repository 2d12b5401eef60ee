using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Peers.PyTorch;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Our <c>TrainStep</c> beside PyTorch's training step, on fresh random batches.</summary>
internal sealed class TrainingComparison : IComparison
{
    private readonly TorchProcess? _torch;

    public TrainingComparison()
    {
        _torch = TorchProcess.TryStart(PeerSetup.TrainingScript, out var missing);
        Missing = missing;
    }

    public string? Missing { get; }

    public IEnumerable<Finding> Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds)
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
            yield return new(rounds.Run(side, peer: null), null, allocated, null);
            yield break;
        }

        var peer = TorchSide.Fastest(Ways(_torch, network.Shape, batch, threads), rounds);
        yield return new(rounds.Run(side, peer), peer.Name, allocated, null);
    }

    public void Dispose() => _torch?.Dispose();

    /// <summary>
    /// Small networks train faster on one thread however many there are; which order of images is the faster depends on the layers.
    /// </summary>
    private static TorchSide[] Ways(TorchProcess torch, NetworkShape shape, int batch, int threads)
    {
        int[] threadCounts = threads == 1 ? [1] : [1, threads];
        bool[] orders = shape.IsImage ? [false, true] : [false];
        return [.. threadCounts.SelectMany(_ => orders, (count, channelsLast) => TorchSide.Training(torch, shape, batch, count, channelsLast))];
    }
}
