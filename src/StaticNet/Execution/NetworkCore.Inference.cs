using StaticNet.Cuda;

namespace StaticNet.Execution;

public sealed partial class NetworkCore
{
    /// <summary>
    /// Floats of work area that inference takes, where it can do with less than all samples at once: with 4 MB, values are still in the
    /// processor's caches when the next layer reads them. Where parameters take more, so may values: each part of the samples reads them all.
    /// </summary>
    private const long InferenceFloats = 1 << 20;

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

    /// <summary>Times forward passes on a GPU, of all samples at once: what they take when copies cost nothing.</summary>
    /// <param name="input">The samples of the only input.</param>
    /// <param name="output">The output of the last pass.</param>
    /// <param name="before">Passes before the clock starts.</param>
    /// <param name="runs">Passes that are timed.</param>
    /// <returns>The time of all of these together.</returns>
    /// <exception cref="ArgumentException">The numbers of samples differ, there are none, or output and input share memory.</exception>
    /// <exception cref="InvalidOperationException">The network is on the processor.</exception>
    internal unsafe TimeSpan TimeForward(ReadOnlySpan<float> input, Span<float> output, int before, int runs)
    {
        var batch = BatchGuard.Samples(Info, "output", output.Length, Info.OutputSize);
        BatchGuard.CheckInput(Info, 0, input, batch, output);
        ArgumentOutOfRangeException.ThrowIfZero(batch);
        using var lease = Shared();
        if (_cuda is not { } cuda)
        {
            throw new InvalidOperationException($"{Info.Name} is on the processor: only passes on a GPU can be timed without copies.");
        }

        fixed (float* x = input, y = output)
        {
            return cuda.TimeForward(new HostBatch(batch, new InputAddresses((nint)x)) { Output = (nint)y }, before, runs);
        }
    }

    /// <summary>Makes the work areas for a batch size now, so that later calls allocate nothing.</summary>
    public void Reserve(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        using var lease = Shared();
        if (_cuda is { } cuda)
        {
            cuda.Reserve(batch);
            return;
        }

        foreach (var program in (ReadOnlySpan<ProgramKind>)[ProgramKind.Forward, ProgramKind.Predict])
        {
            lease.Workspace.Reserve(program, Math.Min(batch, SamplesAtOnce(lease.Workspace, program)), _threads);
        }
    }

    private void RunInference(Workspace work, ProgramKind program, int batch, InputAddresses inputs, nint output)
    {
        if (_cuda is { } cuda)
        {
            cuda.Infer(program, new HostBatch(batch, inputs) { Output = output });
            return;
        }

        var most = SamplesAtOnce(work, program);
        for (var first = 0; first < batch; first += most)
        {
            work.SetInputs(inputs.From(Info, first));
            work.Output = output + (nint)((long)first * Info.OutputSize * sizeof(float));
            Begin(work, program, Math.Min(most, batch - first));
            work.Run(0, work.Stages(program), _threads);
        }
    }

    /// <summary>Samples that inference does together: whole vectors of 16.</summary>
    private int SamplesAtOnce(Workspace work, ProgramKind program)
    {
        var floats = work.ArenaFloats(program, 2 * ParameterLayout.Lanes) - work.ArenaFloats(program, ParameterLayout.Lanes);
        return floats == 0 ? int.MaxValue : ParameterLayout.Lanes * (int)Math.Clamp(Math.Max(InferenceFloats, _parameters.Length) / floats, 1, int.MaxValue / ParameterLayout.Lanes);
    }

    private void Begin(Workspace work, ProgramKind program, int batch)
    {
        work.Program = program;
        work.Batch = batch;
        work.Parameters = _parameters.Address;
        work.Reserve(program, batch, _threads);
    }
}
