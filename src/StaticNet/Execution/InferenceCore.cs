using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>
/// What all generated networks share at run time: work areas and threads, and the programs that predict. Any number of threads may predict
/// at once.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class InferenceCore : IDisposable
{
    /// <summary>
    /// Floats of work area that inference takes, where it can do with less than all samples at once: with 4 MB, values are still in the
    /// processor's caches when the next layer reads them. Where parameters take more, so may values: each part of the samples reads them all.
    /// </summary>
    private const long InferenceFloats = 1 << 20;

    private int _threads = Environment.ProcessorCount;

    private protected InferenceCore(NetworkInfo info, Func<Workspace> createWorkspace)
    {
        Info = info;
        Pool = new WorkspacePool(info.Name, createWorkspace);
    }

    /// <summary>The description that the generator wrote.</summary>
    public NetworkInfo Info { get; }

    /// <summary>The most threads that one call uses, the caller's included. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    private protected WorkspacePool Pool { get; }

    /// <summary>Where kernels read parameters.</summary>
    private protected abstract nint Parameters { get; }

    /// <summary>Floats there.</summary>
    private protected abstract long ParameterFloats { get; }

    /// <summary>Runs <see cref="ProgramKind.Forward"/> or <see cref="ProgramKind.Predict"/> on the samples of one input.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, or output and input share memory.</exception>
    public unsafe void Infer(ProgramKind program, ReadOnlySpan<float> input, Span<float> output)
    {
        var batch = BatchGuard.Samples(Info, "output", output.Length, Info.OutputSize);
        BatchGuard.CheckInput(Info, 0, input, batch, output);
        fixed (float* x = input, y = output)
        {
            using var lease = Shared();
            RunInference(lease.Workspace, program, batch, new InputAddresses((nint)x), (nint)y);
        }
    }

    /// <summary>Runs <see cref="ProgramKind.Forward"/> or <see cref="ProgramKind.Predict"/> on the samples of several inputs.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, or output and input share memory.</exception>
    public unsafe void Infer(
        ProgramKind program, ReadOnlySpan<float> input0, ReadOnlySpan<float> input1, ReadOnlySpan<float> input2, ReadOnlySpan<float> input3, Span<float> output)
    {
        var batch = BatchGuard.Samples(Info, "output", output.Length, Info.OutputSize);
        BatchGuard.CheckInputs(Info, input0, input1, input2, input3, batch, output);

        fixed (float* p0 = input0, p1 = input1, p2 = input2, p3 = input3, y = output)
        {
            using var lease = Shared();
            RunInference(lease.Workspace, program, batch, new InputAddresses((nint)p0, (nint)p1, (nint)p2, (nint)p3), (nint)y);
        }
    }

    /// <summary>Makes the work areas for a batch size now, so that later calls allocate nothing.</summary>
    public void Reserve(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        using var lease = Shared();
        Reserve(lease.Workspace, batch);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Pool.Close())
        {
            Free();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Claims the network, and a workspace, for one of many readers; dispose to give both back.</summary>
    /// <exception cref="InvalidOperationException">Something changes the network now.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    internal WorkspacePool.Lease Shared() => Pool.Share();

    /// <summary>Frees what the network has besides work areas; nothing uses it any more.</summary>
    private protected virtual void Free()
    {
    }

    private protected virtual void Reserve(Workspace work, int batch)
    {
        foreach (var program in (ReadOnlySpan<ProgramKind>)[ProgramKind.Forward, ProgramKind.Predict])
        {
            work.Reserve(program, Math.Min(batch, SamplesAtOnce(work, program)), _threads);
        }
    }

    private protected virtual void RunInference(Workspace work, ProgramKind program, int batch, InputAddresses inputs, nint output)
    {
        var most = SamplesAtOnce(work, program);
        for (var first = 0; first < batch; first += most)
        {
            work.SetInputs(inputs.From(Info, first));
            work.Output = output + (nint)((long)first * Info.OutputSize * sizeof(float));
            Begin(work, program, Math.Min(most, batch - first));
            work.Run(0, work.Stages(program), _threads);
        }
    }

    private protected void Begin(Workspace work, ProgramKind program, int batch)
    {
        work.Program = program;
        work.Batch = batch;
        Place(work);
        work.Reserve(program, batch, _threads);
    }

    /// <summary>Tells a workspace where the memory is that all of them read.</summary>
    private protected virtual void Place(Workspace work) => work.Parameters = Parameters;

    /// <summary>Samples that inference does together: whole vectors of 16.</summary>
    private int SamplesAtOnce(Workspace work, ProgramKind program)
    {
        var floats = work.ArenaFloats(program, 2 * ParameterLayout.Lanes) - work.ArenaFloats(program, ParameterLayout.Lanes);
        return floats == 0 ? int.MaxValue : ParameterLayout.Lanes * (int)Math.Clamp(Math.Max(InferenceFloats, ParameterFloats) / floats, 1, int.MaxValue / ParameterLayout.Lanes);
    }
}
