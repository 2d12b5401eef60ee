using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Peers.PyTorch;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>
/// A dense layer without a bias on a GPU beside the library that PyTorch calls for a product of the same size (cuBLAS). Both multiply
/// matrices that are on the GPU before the clock starts.
/// </summary>
internal sealed class CudaProductComparison : IComparison
{
    private const int ComparedRows = 16;

    private readonly TorchProcess? _torch;

    public CudaProductComparison()
    {
        _torch = TorchProcess.TryStart(PeerSetup.CudaScript, out var missing);
        Missing = missing;
    }

    public string? Missing { get; }

    public IEnumerable<Finding> Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds)
    {
        var shape = network.Shape;
        using var ours = network.Create(threads);
        using AlignedBuffer input = new(batch * shape.Inputs), output = new(batch * shape.Outputs);
        input.FillUniform(new Random(1), -0.5f, 0.5f);
        var rows = Math.Min(batch, ComparedRows);
        var reference = new float[rows * shape.Outputs];
        ours.Forward(input.Span[..(rows * shape.Inputs)], reference);

        ours.To(Device.Cuda);
        var allocated = Allocations.PerCall(() => ours.Forward(input.Span, output.Span));
        output.Span.Clear();
        var side = new RepeatedForward(ours, input, output);
        var peer = _torch is null ? null : TorchSide.CudaProduct(_torch, batch, shape.Inputs, shape.Outputs, network.Precision);
        var measured = rounds.Run(side, peer);
        yield return new(measured, peer?.Name, allocated, Agreement.Between(output.Span, reference, network.Precision));
    }

    public void Dispose() => _torch?.Dispose();
}
