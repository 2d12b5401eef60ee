using StaticNet.Execution;

namespace StaticNet;

/// <summary>The predictions of a batch with its targets and the loss of each sample.</summary>
internal readonly unsafe struct PredictedBatch(NetworkInfo info, int count, nint predictions, nint targets, nint losses)
{
    /// <summary>Samples.</summary>
    public int Count => count;

    /// <summary>The loss of each sample.</summary>
    public ReadOnlySpan<float> Losses => new((void*)losses, count);

    /// <summary>What was predicted for a sample.</summary>
    public ReadOnlySpan<float> Prediction(int sample) =>
        new((float*)predictions + ((long)sample * info.OutputSize), info.OutputSize);

    /// <summary>The vector that was right for a sample.</summary>
    public ReadOnlySpan<float> Target(int sample) => new((float*)targets + ((long)sample * info.TargetSize), info.TargetSize);

    /// <summary>The class that was right for a sample: its index, or where its vector is largest.</summary>
    public int Class(int sample) => info.Classes > 0 ? ((int*)targets)[sample] : Predicted.Class(Target(sample));
}
