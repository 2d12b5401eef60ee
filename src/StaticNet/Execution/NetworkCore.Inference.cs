namespace StaticNet.Execution;

public sealed partial class NetworkCore
{
    /// <summary>Runs <see cref="ProgramKind.Forward"/> or <see cref="ProgramKind.Predict"/> on the samples of one input.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, or output and input share memory.</exception>
    public unsafe void Infer(ProgramKind program, ReadOnlySpan<float> input, Span<float> output)
    {
        var batch = BatchGuard.Samples(Info, "output", output.Length, Info.OutputSize);
        BatchGuard.CheckInput(Info, 0, input, batch, output);
        fixed (float* x = input, y = output)
        {
            using var lease = Shared();
            var work = lease.Workspace;
            work.Input0 = (nint)x;
            RunInference(work, program, batch, (nint)y);
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
            var work = lease.Workspace;
            work.SetInputs(new InputAddresses((nint)p0, (nint)p1, (nint)p2, (nint)p3));
            RunInference(work, program, batch, (nint)y);
        }
    }

    /// <summary>Makes the work areas for a batch size now, so that later calls allocate nothing.</summary>
    public void Reserve(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        using var lease = Shared();
        lease.Workspace.Reserve(ProgramKind.Forward, batch, _threads);
        lease.Workspace.Reserve(ProgramKind.Predict, batch, _threads);
    }

    private void RunInference(Workspace work, ProgramKind program, int batch, nint output)
    {
        if (batch > 0)
        {
            work.Output = output;
            Begin(work, program, batch);
            work.Run(0, work.Stages(program), _threads);
        }
    }

    private void Begin(Workspace work, ProgramKind program, int batch)
    {
        work.Program = program;
        work.Batch = batch;
        work.Parameters = _parameters.Address;
        work.Reserve(program, batch, _threads);
    }
}
