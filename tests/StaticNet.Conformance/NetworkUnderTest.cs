using System.Runtime.InteropServices;
using StaticNet.Execution;

namespace StaticNet.Conformance;

/// <summary>A generated network as suites use it: arrays in the order of the declaration, whatever the network's own.</summary>
/// <remarks>The samples of several inputs follow each other: all of the first input, then all of the second.</remarks>
public sealed unsafe class NetworkUnderTest : IDisposable
{
    /// <param name="core">The network, which is disposed with this.</param>
    /// <param name="device">Where it is moved to; null for where it is.</param>
    public NetworkUnderTest(NetworkCore core, Device? device = null)
    {
        Core = core;
        if (device is not null)
            core.To(device);
    }

    public NetworkCore Core { get; }

    public NetworkInfo Info => Core.Info;

    /// <summary>Gives parameters values by name, in PyTorch's order.</summary>
    public void SetParameters(Func<string, float[]> values)
    {
        for (var i = 0; i < Info.Parameters.Length; i++)
            Core.Parameter(i).CopyFrom(values(Info.Parameters[i].Name));
    }

    /// <summary>The parameters by name, in PyTorch's order.</summary>
    public Dictionary<string, float[]> Parameters() => Named(Core.ParameterSpan, Info.Parameters);

    /// <summary>The gradients that were left in the gradient arena, by trained parameter, in PyTorch's order.</summary>
    public Dictionary<string, float[]> Gradients() => Named(Core.GradientSpan, Info.Parameters.Where(parameter => !parameter.IsState));

    public float[] Infer(ProgramKind program, float[] input) => Infer(Core, program, input);

    /// <summary>What any network gives, a frozen one too.</summary>
    public static float[] Infer(InferenceCore core, ProgramKind program, float[] input)
    {
        var info = core.Info;
        var batch = input.Length / info.InputSizes.Sum();
        var output = new float[batch * info.OutputSize];
        var parts = new float[4][];
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var length = i < info.InputSizes.Length ? batch * info.InputSizes[i] : 0;
            parts[i] = input[start..(start + length)];
            start += length;
        }

        core.Infer(program, parts[0], parts[1], parts[2], parts[3], output);
        return output;
    }

    public (float[] Predictions, float[] Losses) Evaluate(float[] input, Array target, float weight)
    {
        var batch = input.Length / Info.InputSizes.Sum();
        var (predictions, losses) = (new float[batch * Info.OutputSize], new float[batch]);
        var weights = Enumerable.Repeat(weight, batch).ToArray();
        fixed (float* x = input, w = weights, y = predictions, l = losses)
        fixed (byte* t = Bytes(target))
            Core.Evaluate(batch, (nint)x, (nint)t, (nint)w, (nint)y, (nint)l);
        return (predictions, losses);
    }

    /// <summary>The mean loss of a batch; leaves the gradients in the gradient arena, or adds them to what is there.</summary>
    public double Accumulate(float[] input, Array target, bool first = true)
    {
        fixed (float* x = input)
        fixed (byte* t = Bytes(target))
            return Core.AccumulateStep(input.Length / Info.InputSizes.Sum(), (nint)x, (nint)t, 0, first);
    }

    public double TrainStep(float[] input, Array target, Optimizer optimizer)
    {
        fixed (float* x = input)
        fixed (byte* t = Bytes(target))
            return Core.TrainStep(input.Length / Info.InputSizes.Sum(), (nint)x, (nint)t, 0, optimizer);
    }

    /// <summary>The output in training mode and the gradient of the input; leaves those of the parameters in the gradient arena.</summary>
    public (float[] Output, float[] InputGradient) Differentiate(float[] input, float[] outputGradient)
    {
        var (output, recorded, inputGradient) = (new float[outputGradient.Length], Array.Empty<float>(), new float[input.Length]);
        var batch = output.Length / Info.OutputSize;
        fixed (float* x = input, y = output, dy = outputGradient, dx = inputGradient)
        {
            Core.Record(batch, InputAddresses.InBlock(Info, batch, (nint)x), (nint)y);
            recorded = [.. output];
            Core.Backward(batch, InputAddresses.InBlock(Info, batch, (nint)x), (nint)dy, InputAddresses.InBlock(Info, batch, (nint)dx), accumulate: false);
        }

        return (recorded, inputGradient);
    }

    /// <summary>The gradients of those inputs that are wanted; leaves those of the parameters in the gradient arena.</summary>
    public float[] Differentiate(float[] input, float[] outputGradient, Func<int, bool> wanted)
    {
        var (output, inputGradient) = (new float[outputGradient.Length], new float[input.Length]);
        var batch = output.Length / Info.OutputSize;
        fixed (float* x = input, y = output, dy = outputGradient, dx = inputGradient)
        {
            var all = InputAddresses.InBlock(Info, batch, (nint)dx);
            Core.Record(batch, InputAddresses.InBlock(Info, batch, (nint)x), (nint)y);
            Core.Backward(
                batch,
                InputAddresses.InBlock(Info, batch, (nint)x),
                (nint)dy,
                new(wanted(0) ? all.First : 0, wanted(1) ? all.Second : 0, wanted(2) ? all.Third : 0, wanted(3) ? all.Fourth : 0),
                accumulate: false);
        }

        return inputGradient;
    }

    public void Dispose() => Core.Dispose();

    private static Span<byte> Bytes(Array target) =>
        target is int[] indices ? MemoryMarshal.AsBytes(indices.AsSpan()) : MemoryMarshal.AsBytes(((float[])target).AsSpan());

    private static Dictionary<string, float[]> Named(ReadOnlySpan<float> arena, IEnumerable<ParameterInfo> parameters)
    {
        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            var (layout, values) = (parameter.Layout, new float[parameter.Size]);
            for (var i = 0; i < values.Length; i++)
                values[i] = arena[(int)(parameter.Offset + layout.Index(i / layout.Columns, i % layout.Columns))];
            tensors.Add(parameter.Name, values);
        }

        return tensors;
    }
}
