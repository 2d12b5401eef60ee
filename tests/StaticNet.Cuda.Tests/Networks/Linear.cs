using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Cuda.Tests.Networks;

/// <summary>The linear network on a device and on the processor, and samples for it.</summary>
internal sealed class Linear : IDisposable
{
    public const int Inputs = 5;
    public const int Outputs = 3;

    private readonly Random _random = new(7);

    public Linear(Device device, double l1 = 0, double l2 = 0)
    {
        Info = LinearNetwork.Describe(Inputs, Outputs, classes: false, l1, l2);
        Cpu = Make(Device.Cpu);
        Cuda = Make(device);
    }

    public NetworkInfo Info { get; }

    public NetworkCore Cpu { get; }

    public NetworkCore Cuda { get; }

    public static NetworkCore Make(Device device, double l1 = 0, double l2 = 0, Func<NetworkInfo, CudaPrograms>? programs = null)
    {
        var info = LinearNetwork.Describe(Inputs, Outputs, classes: false, l1, l2);
        return new NetworkCore(info, seed: 3, () => new LinearWorkspace(info), () => programs?.Invoke(info) ?? new LinearPrograms(info), device);
    }

    public float[] Numbers(int length)
    {
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
            value = (float)((2 * _random.NextDouble()) - 1);
        return values;
    }

    public (float[] Input, float[] Target) Samples(int batch) => (Numbers(batch * Inputs), Numbers(batch * Outputs));

    /// <summary>Fills the gradients of both networks with the same numbers, where there are elements.</summary>
    public void SetGradients(Func<float> value)
    {
        foreach (var parameter in Info.Parameters)
        {
            for (var i = 0; i < parameter.Size; i++)
            {
                var at = (int)(parameter.Offset + parameter.Layout.Index(i / parameter.Layout.Columns, i % parameter.Layout.Columns));
                Cpu.GradientSpan[at] = Cuda.GradientSpan[at] = value();
            }
        }
    }

    public void Dispose()
    {
        Cpu.Dispose();
        Cuda.Dispose();
    }

    private NetworkCore Make(Device device) => new(Info, seed: 3, () => new LinearWorkspace(Info), () => new LinearPrograms(Info), device);
}

internal static class Calls
{
    public static double TrainStep(this NetworkCore core, (float[] Input, float[] Target) samples, Optimizer optimizer) =>
        core.TrainStep(samples.Input, default, default, default, samples.Target, optimizer);

    public static float[] Infer(this NetworkCore core, ProgramKind program, float[] input)
    {
        var output = new float[input.Length / core.Info.InputSizes[0] * core.Info.OutputSize];
        core.Infer(program, input, output);
        return output;
    }

    public static unsafe (float[] Predictions, float[] Losses) Evaluate(this NetworkCore core, (float[] Input, float[] Target) samples)
    {
        var batch = samples.Input.Length / core.Info.InputSizes[0];
        var (predictions, losses, weights) = (new float[batch * core.Info.OutputSize], new float[batch], Enumerable.Repeat(0.25f, batch).ToArray());
        fixed (float* x = samples.Input, t = samples.Target, w = weights, y = predictions, l = losses)
            core.Evaluate(batch, (nint)x, (nint)t, (nint)w, (nint)y, (nint)l);
        return (predictions, losses);
    }

    public static unsafe double Accumulate(this NetworkCore core, (float[] Input, float[] Target) samples, bool first)
    {
        fixed (float* x = samples.Input, t = samples.Target)
            return core.AccumulateStep(samples.Input.Length / core.Info.InputSizes[0], (nint)x, (nint)t, 0, first);
    }

    public static (float[] Output, float[] InputGradient) Differentiate(this NetworkCore core, float[] input, float[] outputGradient)
    {
        var (output, inputGradient) = (new float[outputGradient.Length], new float[input.Length]);
        core.Record(input, default, default, default, output);
        core.Backward(input, default, default, default, outputGradient, inputGradient);
        return (output, inputGradient);
    }
}
