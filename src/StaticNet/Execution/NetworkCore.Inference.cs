using StaticNet.Cuda;

namespace StaticNet.Execution;

public sealed partial class NetworkCore
{
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

    private protected override void Reserve(Workspace work, int batch)
    {
        if (_cuda is { } cuda)
        {
            cuda.Reserve(batch);
        }
        else
        {
            base.Reserve(work, batch);
        }
    }

    private protected override void RunInference(Workspace work, ProgramKind program, int batch, InputAddresses inputs, nint output)
    {
        if (_cuda is { } cuda)
        {
            cuda.Infer(program, new HostBatch(batch, inputs) { Output = output });
        }
        else
        {
            base.RunInference(work, program, batch, inputs, output);
        }
    }
}
