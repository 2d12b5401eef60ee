using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace StaticNet.Execution;

public sealed unsafe partial class NetworkCore
{
    /// <summary>One training step on class indices.</summary>
    /// <returns>The mean loss of the batch before the update, with penalties.</returns>
    /// <exception cref="ArgumentException">Input and target have different numbers of samples, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public double TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<int> target, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        for (var i = 0; i < target.Length; i++)
        {
            if ((uint)target[i] >= (uint)Info.Classes)
            {
                ThrowLabel(target[i], i);
            }
        }

        return TrainStep(input, MemoryMarshal.Cast<int, float>(target), optimizer);
    }

    /// <summary>One training step on target vectors.</summary>
    /// <returns>The mean loss of the batch before the update, with penalties.</returns>
    /// <exception cref="ArgumentException">Input and target have different numbers of samples, or none.</exception>
    public double TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var batch = InputSamples(input.Length);
        CheckCount("targets", BatchGuard.Samples(Info, "target", target.Length, Info.TargetSize), batch);
        if (batch == 0)
        {
            throw new ArgumentException($"{Info.Name}: a training step needs at least one sample.", nameof(input));
        }

        fixed (float* x = input, t = target)
        {
            return TrainStep(batch, (nint)x, (nint)t, 0, optimizer);
        }
    }

    /// <summary>The forward pass in training mode; what <see cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/> needs is kept.</summary>
    /// <exception cref="ArgumentException">Input and output have different numbers of samples, or share memory.</exception>
    public void Record(ReadOnlySpan<float> input, Span<float> output)
    {
        var batch = InputSamples(input.Length);
        CheckCount("outputs", BatchGuard.Samples(Info, "output", output.Length, Info.OutputSize), batch);
        BatchGuard.CheckApart(Info, input, output);
        fixed (float* x = input, y = output)
        {
            Record(batch, (nint)x, (nint)y);
        }
    }

    /// <summary>
    /// The gradients of all parameters, to be applied by <see cref="Step"/>, and of the input unless <paramref name="inputGradient"/> is
    /// empty, from a gradient of the output that was recorded for the same input.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    /// <exception cref="InvalidOperationException">The forward pass of these samples was not recorded.</exception>
    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        var batch = InputSamples(input.Length);
        CheckCount("output gradients", BatchGuard.Samples(Info, "output gradient", outputGradient.Length, Info.OutputSize), batch);
        if (!inputGradient.IsEmpty)
        {
            CheckCount("input gradients", InputSamples(inputGradient.Length), batch);
            BatchGuard.CheckApart(Info, input, inputGradient);
            BatchGuard.CheckApart(Info, outputGradient, inputGradient);
        }

        fixed (float* x = input, dy = outputGradient, dx = inputGradient)
        {
            Backward(batch, (nint)x, (nint)dy, (nint)dx, accumulate: false);
        }
    }

    private int InputSamples(int length)
    {
        var size = 0;
        foreach (var part in Info.InputSizes)
        {
            size += part;
        }

        return BatchGuard.Samples(Info, "input", length, size);
    }

    private void CheckCount(string what, int samples, int batch)
    {
        if (samples != batch)
        {
            throw new ArgumentException($"{Info.Name}: the input has {batch} samples, but there are {samples} {what}.");
        }
    }

    [DoesNotReturn]
    private void ThrowLabel(int label, int sample) => throw new ArgumentOutOfRangeException(
        nameof(label), label, $"{Info.Name}: the label of sample {sample} is {label}, but the classes are 0 to {Info.Classes - 1}.");
}
