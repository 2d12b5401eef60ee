namespace StaticNet.Execution;

public sealed partial class NetworkCore
{
    /// <summary>Runs <see cref="ProgramKind.Forward"/> or <see cref="ProgramKind.Predict"/> on the samples of one input.</summary>
    public void Infer(ProgramKind program, ReadOnlySpan<float> input, Span<float> output) =>
        Infer(program, input, default, default, default, output);

    /// <summary>Runs <see cref="ProgramKind.Forward"/> or <see cref="ProgramKind.Predict"/> on the samples of several inputs.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, or output and input share memory.</exception>
    public unsafe void Infer(
        ProgramKind program, ReadOnlySpan<float> input0, ReadOnlySpan<float> input1, ReadOnlySpan<float> input2, ReadOnlySpan<float> input3, Span<float> output)
    {
        using var use = Shared();
        var batch = BatchGuard.Check(Info, input0, input1, input2, input3, output);
        if (batch == 0)
        {
            return;
        }

        fixed (float* p0 = input0, p1 = input1, p2 = input2, p3 = input3, y = output)
        {
            var work = _pool.Take() ?? _createWorkspace();
            (work.Input0, work.Input1, work.Input2, work.Input3) = ((nint)p0, (nint)p1, (nint)p2, (nint)p3);
            work.Output = (nint)y;
            try
            {
                Begin(work, program, batch);
                work.Run(0, work.Stages(program), _threads);
            }
            finally
            {
                _pool.Give(work);
            }
        }
    }

    /// <summary>Makes the work areas for a batch size now, so that later calls allocate nothing.</summary>
    public void Reserve(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        using var use = Shared();
        var work = _pool.Take() ?? _createWorkspace();
        work.Reserve(ProgramKind.Forward, batch, _threads);
        work.Reserve(ProgramKind.Predict, batch, _threads);
        _pool.Give(work);
    }

    private void Begin(Workspace work, ProgramKind program, int batch)
    {
        work.Program = program;
        work.Batch = batch;
        work.Parameters = _parameters.Address;
        work.Reserve(program, batch, _threads);
    }
}
