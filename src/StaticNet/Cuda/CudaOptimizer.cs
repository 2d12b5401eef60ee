using StaticNet.Cuda.Kernels;
using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>An optimizer's part on the device: its state for each parameter and the kernels of its rule.</summary>
internal sealed class CudaOptimizer : IDisposable
{
    private const string Layer = "optimizer";

    private readonly Owned _owned = new();
    private readonly WeakReference<Optimizer> _owner;
    private readonly DeviceTable<ParameterChunk> _chunks;
    private readonly nint _update;
    private readonly bool _clipsNorm;
    private readonly nint _squares;
    private readonly nint _scale;
    private readonly ulong _sums;

    /// <summary>Gives an optimizer that is attached to a network its place on the device.</summary>
    public CudaOptimizer(CudaContext context, CudaStream stream, Lock gate, NetworkInfo info, Optimizer optimizer)
    {
        (_owner, _clipsNorm) = (new WeakReference<Optimizer>(optimizer), optimizer.ClipNorm is not null);
        try
        {
            _chunks = _owned.Add(new DeviceTable<ParameterChunk>(
                context, stream, ParameterChunk.Cut(info.Parameters.Where(parameter => !parameter.IsState), parameter => optimizer.Shaping(parameter.Offset))));
            var rule = optimizer.DeviceRule(new float[StepBlock.RuleFloats]);
            _update = _owned.Add(UpdateKernels.Load(context, rule)).Function(UpdateKernels.Entry);
            if (_clipsNorm)
            {
                var module = _owned.Add(NormKernels.Load(context));
                (_squares, _scale) = (module.Function(NormKernels.Squares), module.Function(NormKernels.Scale));
                _sums = _owned.Add(new DeviceMemory(context, Math.Max(1, _chunks.Count) * sizeof(double))).Address;
            }

            States = new MirroredMemory[optimizer.StateNames.Length];
            for (var i = 0; i < States.Length; i++)
            {
                var host = optimizer.StateMemory(i);
                var memory = _owned.Add(new DeviceMemory(context, host.Length * sizeof(float)));
                States[i] = new MirroredMemory(context, stream, gate, memory.Address, () => host, hostHasValues: true);
            }
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>The arenas of the rule's state, in the order of the parameters.</summary>
    public MirroredMemory[] States { get; }

    /// <summary>The optimizer itself; null when nobody has it any more.</summary>
    public Optimizer? Owner => _owner.TryGetTarget(out var optimizer) ? optimizer : null;

    /// <summary>To be called before an update: brings what the host has changed.</summary>
    public void Bring()
    {
        foreach (var state in States)
        {
            state.Bring();
        }
    }

    /// <summary>Gives a stream the update of all parameters.</summary>
    /// <param name="stream">Does it.</param>
    /// <param name="parameters">The parameter arena.</param>
    /// <param name="gradients">The gradient arena.</param>
    /// <param name="step">The numbers of the step.</param>
    public void Update(CudaStream stream, ulong parameters, ulong gradients, ulong step)
    {
        if (_chunks.Count == 0)
        {
            return;
        }

        if (_clipsNorm)
        {
            stream.Launch(_squares, Layer, (_chunks.Count, 1, 1), KernelText.Threads, 0, [parameters, gradients, _chunks.Address, _sums]);
            stream.Launch(_scale, Layer, (1, 1, 1), KernelText.Threads, 0, [_sums, (ulong)_chunks.Count, step]);
        }

        var (state0, state1) = (States.Length > 0 ? States[0].Address : 0, States.Length > 1 ? States[1].Address : 0);
        stream.Launch(_update, Layer, (_chunks.Count, 1, 1), KernelText.Threads, 0, [parameters, gradients, state0, state1, _chunks.Address, step]);
    }

    /// <summary>To be called after an update was given to the stream.</summary>
    public void Change()
    {
        foreach (var state in States)
        {
            state.Change();
        }
    }

    public void Dispose() => _owned.Dispose();
}
