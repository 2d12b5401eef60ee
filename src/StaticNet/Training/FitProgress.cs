namespace StaticNet;

/// <summary>How far training is.</summary>
public readonly record struct FitProgress
{
    /// <summary>The epoch, the first being 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>All epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of this epoch that were trained on.</summary>
    public required int Done { get; init; }

    /// <summary>All samples of an epoch.</summary>
    public required int Samples { get; init; }

    /// <summary>The mean loss of this epoch so far.</summary>
    public required double Loss { get; init; }

    /// <summary>Time spent in training steps of this epoch.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The outcome of the epoch when it is over; null before.</summary>
    public EpochResult? Result { get; init; }

    /// <summary>Samples trained on in a second.</summary>
    public double SamplesPerSecond => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;

    /// <summary>How long the rest of the epoch will take at this rate.</summary>
    public TimeSpan Remaining => Done > 0 ? Elapsed * ((double)(Samples - Done) / Done) : TimeSpan.Zero;
}
