using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>
/// A network on a GPU: its parameters, gradients and work areas are the device's, its programs are launches. One stream does all work in
/// order, another brings batches. Whoever calls waits for the result; callers take turns.
/// </summary>
internal sealed partial class CudaNetwork : IDisposable
{
    /// <summary>More batch sizes than that come from data that never repeats them.</summary>
    private const int MostLayouts = 64;

    private readonly Owned _owned = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(ProgramKind Kind, int Batch), BatchLayout> _layouts = [];
    private readonly PreparedProgram?[] _programs = new PreparedProgram?[Enum.GetValues<ProgramKind>().Length];
    private readonly List<CudaOptimizer> _optimizers = [];
    private readonly NetworkInfo _info;
    private readonly CudaContext _context;
    private readonly CudaStream _work;
    private readonly CudaStream _copies;
    private readonly CudaPenalties _penalties;
    private readonly WorkArea _inference;
    private readonly WorkArea _training;
    private readonly BatchSlot _small;
    private readonly long _floats;
    private GradientSum? _sum;

    /// <summary>Puts a network on a device.</summary>
    /// <param name="info">The network.</param>
    /// <param name="programs">Its kernels.</param>
    /// <param name="driver">The device's driver.</param>
    /// <param name="parameters">The parameters as they are.</param>
    /// <param name="gradients">The host's gradient arena, made when it is needed first.</param>
    /// <param name="hasGradients">Whether the host has gradients now.</param>
    /// <exception cref="CudaException">The device is not available, or refuses.</exception>
    public CudaNetwork(
        NetworkInfo info, CudaPrograms programs, CudaDriver driver, AlignedMemory parameters, Func<AlignedMemory> gradients, bool hasGradients)
    {
        (_info, _floats) = (info, parameters.Length);
        try
        {
            _context = _owned.Add(driver.Enter());
            _context.Bind();
            var module = _owned.Add(_context.Load(programs.GetType(), info.Name, programs.Ptx));
            Prepare(programs, module);
            _work = _owned.Add(new CudaStream(_context));
            _copies = _owned.Add(new CudaStream(_context));
            _penalties = _owned.Add(new CudaPenalties(_context, _work, info));
            _inference = _owned.Add(new WorkArea(_context));
            _training = _owned.Add(new WorkArea(_context));
            _small = _owned.Add(new BatchSlot(_context, StepBlock.Bytes + _penalties.Bytes));

            var bytes = (_floats * sizeof(float) + 255) / 256 * 256;
            var memory = _owned.Add(new DeviceMemory(_context, 2 * bytes)).Address;
            Parameters = new MirroredMemory(_context, _work, _gate, memory, () => parameters, hostHasValues: true);
            Gradients = new MirroredMemory(_context, _work, _gate, memory + (ulong)bytes, gradients, hasGradients);

            // Kernels do not write the padding of gradients.
            _work.Fill(Gradients.Address, 0, _floats);
        }
        catch
        {
            _owned.Dispose();
            GC.SuppressFinalize(this);
            throw;
        }
    }

    /// <summary>Frees everything of an owner that was not disposed.</summary>
    ~CudaNetwork() => Free();

    /// <summary>The parameter arena.</summary>
    public MirroredMemory Parameters { get; }

    /// <summary>The gradient arena.</summary>
    public MirroredMemory Gradients { get; }

    /// <summary>The penalties of the parameters as they are.</summary>
    public double Penalty()
    {
        if (_penalties.Bytes == 0)
        {
            return 0;
        }

        lock (_gate)
        {
            Begin();
            var sums = new BytesRange(StepBlock.Bytes, _penalties.Bytes);
            _penalties.Launch(_work, Parameters.Address, _small.Device + (ulong)sums.Offset);
            _small.Fetch(sums, _work);
            _small.Leave(_work);
            _small.Wait("Adding up penalties");
            return _penalties.Of(_small.Pinned + (nint)sums.Offset);
        }
    }

    /// <summary>Fills all memory but the parameters, so that tests see whoever reads what nobody wrote.</summary>
    public void Poison(float value)
    {
        PoisonGradients(value);
        lock (_gate)
        {
            Begin();
            _inference.Fill(_work, value);
            _training.Fill(_work, value);
            _work.Synchronize("Poisoning");
        }
    }

    /// <summary>Gives the host everything that only the device has: before the network leaves it.</summary>
    public void BringHome()
    {
        Parameters.Look();
        Gradients.Look();
        foreach (var state in _optimizers.SelectMany(optimizer => optimizer.States))
        {
            state.Look();
        }
    }

    /// <summary>Waits for all work and frees everything. An error here has been reported before.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        // Work that is under way holds the gate: a finalizer waits for it, though nobody else knows the network any more.
        lock (_gate)
        {
            _context.BindForDisposal();
            _work.Finish();
            _sum?.Dispose();
            foreach (var optimizer in _optimizers)
            {
                optimizer.Owner?.OnDevice = null;
                optimizer.Dispose();
            }

            _owned.Dispose();
        }
    }

    private void Prepare(CudaPrograms programs, CudaModule module)
    {
        foreach (var kind in Enum.GetValues<ProgramKind>())
        {
            _programs[(int)kind] = programs.Program(kind) is { } program ? new PreparedProgram(_info, kind, program, module) : null;
        }

        // The backward pass works on what the forward pass has left: both see the batch at the same places.
        if (_programs[(int)ProgramKind.Record] is { } record && _programs[(int)ProgramKind.Backward] is { } backward)
        {
            record.Spaces.UnionWith(backward.Spaces);
            backward.Spaces.UnionWith(record.Spaces);
        }
    }

    private PreparedProgram Program(ProgramKind kind) =>
        _programs[(int)kind] ?? throw new InvalidOperationException($"{_info.Name} has no {kind} on the GPU.");

    /// <summary>Begins work of the calling thread, which holds the gate.</summary>
    private void Begin()
    {
        _context.Bind();
        Parameters.Bring();
    }

    private BatchLayout Layout(PreparedProgram program, int batch)
    {
        if (!_layouts.TryGetValue((program.Kind, batch), out var layout))
        {
            if (_layouts.Count == MostLayouts)
            {
                _layouts.Clear();
            }

            layout = new BatchLayout(_info, program.Spaces, batch, program.Kind == ProgramKind.Train ? _penalties.Bytes : 0);
            _layouts.Add((program.Kind, batch), layout);
        }

        return layout;
    }

    private void Reserve(WorkArea area, long areaBytes, long batchBytes, int slots)
    {
        if (!area.Holds(areaBytes, batchBytes, slots))
        {
            _work.Synchronize(Before);
            area.Reserve(areaBytes, batchBytes, slots);
        }
    }

    private void PoisonGradients(float value)
    {
        Gradients.Touch();
        foreach (var parameter in _info.Parameters.Where(parameter => !parameter.IsState))
        {
            var elements = new float[parameter.Size];
            Array.Fill(elements, value);
            var storage = Gradients.Host + (nint)(parameter.Offset * sizeof(float));
            new StoredTensor(parameter.Name, parameter.Shape, parameter.Layout, storage).CopyFrom(elements);
        }
    }
}
