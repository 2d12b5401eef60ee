using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Our <c>Forward</c> beside ONNX Runtime on a graph with the same parameters that ends in the same logits.</summary>
internal sealed class InferenceComparison : IComparison
{
    private readonly OrtLibrary? _library = OrtLibrary.TryLoad(PeerSetup.OnnxRuntimeLibrary);

    public string? Missing => _library is null ? PeerSetup.Missing("ONNX Runtime", "onnxruntime") : null;

    public IEnumerable<Finding> Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds)
    {
        var shape = network.Shape;
        using var ours = network.Create(threads);
        using AlignedBuffer input = new(batch * shape.Inputs), output = new(batch * shape.Outputs);
        ours.Disturb(new Random(1));
        input.FillUniform(new Random(2), -1, 1);
        void Forward() => ours.Forward(input.Span, output.Span);

        var allocated = Allocations.PerCall(Forward);
        if (_library is null)
        {
            yield return new(rounds.Run(new CallSide(Forward), peer: null), null, allocated, null);
            yield break;
        }

        using AlignedBuffer peerInput = new(input.Length), peerOutput = new(output.Length);
        OnnxModel.ToChannelsFirst(shape.Input, input.Span, peerInput.Span);
        var model = OnnxModel.Of(shape, batch, ours.Parameters);
        using var session = new OrtSession(
            _library, model.File, threads, [new(model.Input.Name, model.Input.Shape, peerInput)], new(model.Output.Name, model.Output.Shape, peerOutput));
        session.Run();
        var agreement = Agreement.Between(output.Span, peerOutput.Span);
        yield return new(
            rounds.Run(new CallSide(Forward), new CallSide(session.Run)),
            $"onnxruntime {_library.Version}",
            allocated,
            agreement);
    }

    public void Dispose()
    {
    }
}
