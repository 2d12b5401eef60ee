using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Peers.PyTorch;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>
/// Our training step on a GPU beside PyTorch's on the same one, launched operation by operation and as a CUDA graph. Both train on a batch
/// that is on the GPU before the clock starts.
/// </summary>
internal sealed class CudaTrainingComparison : IComparison
{
    private const int ComparedSteps = 3;

    private readonly TorchProcess? _torch;

    public CudaTrainingComparison()
    {
        _torch = TorchProcess.TryStart(PeerSetup.CudaScript, out var missing);
        Missing = missing;
    }

    public string? Missing { get; }

    public IEnumerable<Finding> Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds)
    {
        using var data = new TrainingData(network.Shape, batch);
        data.Refresh(1);
        var reference = Losses(network, Device.Cpu, threads, data);
        var agreement = Agreement.Between(Losses(network, Device.Cuda, threads, data), reference, network.Precision);

        using var ours = network.Create(threads);
        ours.To(Device.Cuda);
        var allocated = Allocations.PerCall(() => ours.TrainStep(data.Next()));
        var side = new RepeatedSteps(ours);
        if (_torch is null)
        {
            yield return new(rounds.Run(side, peer: null), null, allocated, agreement);
            yield break;
        }

        foreach (var graph in (bool[])[false, true])
        {
            var peer = TorchSide.Fastest(Ways(_torch, network, batch, graph), rounds);
            yield return new(rounds.Run(side, peer), peer.Name, allocated, agreement);
        }
    }

    public void Dispose() => _torch?.Dispose();

    /// <summary>The losses of the first steps: only a network that learns as on the processor may be timed.</summary>
    private static float[] Losses(BenchmarkedNetwork network, Device device, int threads, TrainingData data)
    {
        using var workload = network.Create(threads);
        workload.To(device);
        return [.. Enumerable.Range(0, ComparedSteps).Select(_ => (float)workload.TrainStep(data.Next()))];
    }

    /// <summary>Which order of images is the faster depends on the layers.</summary>
    private static TorchSide[] Ways(TorchProcess torch, BenchmarkedNetwork network, int batch, bool graph)
    {
        bool[] orders = network.Shape.IsImage ? [false, true] : [false];
        return [.. orders.Select(last => TorchSide.CudaTraining(torch, network.Shape, batch, network.Precision, graph, last))];
    }
}
