using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace StaticNet.Execution;

public sealed unsafe partial class NetworkCore
{
    /// <summary>One training step on class indices.</summary>
    /// <returns>The mean loss of the batch before the update, with penalties.</returns>
    /// <exception cref="ArgumentException">Inputs and target have different numbers of samples, or too few.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public double TrainStep(
        ReadOnlySpan<float> input0,
        ReadOnlySpan<float> input1,
        ReadOnlySpan<float> input2,
        ReadOnlySpan<float> input3,
        ReadOnlySpan<int> target,
        Optimizer optimizer)
    {
        for (var i = 0; i < target.Length; i++)
        {
            if ((uint)target[i] >= (uint)Info.Classes)
            {
                ThrowLabel(target[i], i);
            }
        }

        return TrainStep(input0, input1, input2, input3, MemoryMarshal.Cast<int, float>(target), optimizer);
    }

    /// <summary>One training step on target vectors.</summary>
    /// <returns>The mean loss of the batch before the update, with penalties.</returns>
    /// <exception cref="ArgumentException">Inputs and target have different numbers of samples, or too few.</exception>
    public double TrainStep(
        ReadOnlySpan<float> input0,
        ReadOnlySpan<float> input1,
        ReadOnlySpan<float> input2,
        ReadOnlySpan<float> input3,
        ReadOnlySpan<float> target,
        Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var batch = BatchGuard.Samples(Info, "target", target.Length, Info.TargetSize);
        BatchGuard.CheckInputs(Info, input0, input1, input2, input3, batch, default);
        if (batch == 0)
        {
            throw new ArgumentException($"{Info.Name}: a training step needs at least one sample.", nameof(target));
        }

        fixed (float* p0 = input0, p1 = input1, p2 = input2, p3 = input3, t = target)
        {
            return TrainStep(batch, new InputAddresses((nint)p0, (nint)p1, (nint)p2, (nint)p3), (nint)t, 0, optimizer);
        }
    }

    /// <summary>The forward pass in training mode; what the backward pass needs is kept.</summary>
    /// <exception cref="ArgumentException">Inputs and output have different numbers of samples, too few, or share memory.</exception>
    public void Record(
        ReadOnlySpan<float> input0, ReadOnlySpan<float> input1, ReadOnlySpan<float> input2, ReadOnlySpan<float> input3, Span<float> output)
    {
        var batch = BatchGuard.Samples(Info, "output", output.Length, Info.OutputSize);
        BatchGuard.CheckInputs(Info, input0, input1, input2, input3, batch, output);
        fixed (float* p0 = input0, p1 = input1, p2 = input2, p3 = input3, y = output)
        {
            Record(batch, new InputAddresses((nint)p0, (nint)p1, (nint)p2, (nint)p3), (nint)y);
        }
    }

    /// <summary>
    /// The gradients of all parameters, to be applied by <see cref="Step"/>, and of the inputs whose gradient is not empty, from a
    /// gradient of the output that was recorded for the same inputs.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, or what is read and what is written share memory.</exception>
    /// <exception cref="InvalidOperationException">The forward pass of these samples was not recorded.</exception>
    public void Backward(
        ReadOnlySpan<float> input0,
        ReadOnlySpan<float> input1,
        ReadOnlySpan<float> input2,
        ReadOnlySpan<float> input3,
        ReadOnlySpan<float> outputGradient,
        Span<float> gradient0,
        Span<float> gradient1 = default,
        Span<float> gradient2 = default,
        Span<float> gradient3 = default)
    {
        var batch = BatchGuard.Samples(Info, "output gradient", outputGradient.Length, Info.OutputSize);
        BatchGuard.CheckInputs(Info, input0, input1, input2, input3, batch, default);
        for (var i = 0; i < Info.InputSizes.Length; i++)
        {
            var gradient = i switch { 0 => gradient0, 1 => gradient1, 2 => gradient2, _ => gradient3 };
            if (!gradient.IsEmpty)
            {
                BatchGuard.CheckInput(Info, i, gradient, batch, outputGradient);
                BatchGuard.CheckInputs(Info, input0, input1, input2, input3, batch, gradient);
            }
        }

        fixed (float* p0 = input0, p1 = input1, p2 = input2, p3 = input3, dy = outputGradient)
        fixed (float* d0 = gradient0, d1 = gradient1, d2 = gradient2, d3 = gradient3)
        {
            Backward(
                batch,
                new InputAddresses((nint)p0, (nint)p1, (nint)p2, (nint)p3),
                (nint)dy,
                new InputAddresses((nint)d0, (nint)d1, (nint)d2, (nint)d3),
                accumulate: false);
        }
    }

    [DoesNotReturn]
    private void ThrowLabel(int label, int sample) => throw new ArgumentOutOfRangeException(
        nameof(label), label, $"{Info.Name}: the label of sample {sample} is {label}, but the classes are 0 to {Info.Classes - 1}.");
}
