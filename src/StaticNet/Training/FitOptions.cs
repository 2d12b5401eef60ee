using StaticNet.Execution;

namespace StaticNet;

/// <summary>How a network is trained, but for the validation data, which has the network's shapes.</summary>
public abstract class FitOptions
{
    private protected FitOptions()
    {
    }

    /// <summary>How often training goes through the data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Epochs { get; init => field = Require.AtLeast(0, value, nameof(Epochs)); } = 1;

    /// <summary>Samples in a batch; the last batch of an epoch has what remains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BatchSize { get; init => field = Require.AtLeastOne(value, nameof(BatchSize)); } = 32;

    /// <summary>
    /// Batches whose gradients are added up before each step: as one batch of so many times the size, in the memory of one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int AccumulateSteps { get; init => field = Require.AtLeastOne(value, nameof(AccumulateSteps)); } = 1;

    /// <summary>Which fraction of the training data, from its end, is kept for validation instead.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not at least 0 and less than 1.</exception>
    public double ValidationSplit { get; init => field = Require.Fraction(value, nameof(ValidationSplit)); }

    /// <summary>Whether each epoch takes the samples in a new order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Decides the orders; null for the network's own seed.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// How much samples of each class weigh in the loss, which is Σ weight·loss / Σ weight over a batch, as in PyTorch; null for all
    /// alike.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public IReadOnlyList<double>? ClassWeights
    {
        get;
        init => field = value is null ? null : [.. value.Select(weight => Require.NonNegative(weight, nameof(ClassWeights)))];
    }

    /// <summary>The most threads that work at once; null for the network's own setting. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Threads { get; init => field = value is { } threads ? Require.AtLeastOne(threads, nameof(Threads)) : null; }

    /// <summary>How the learning rate changes; null for not at all.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>What else happens while the network is trained, in this order.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Is told how far training is, some times a second and after each epoch: <see cref="ConsoleProgress"/>, for one.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>
    /// A file of <see cref="Checkpoint"/> from which training goes on, with the same options and data; null to begin anew.
    /// </summary>
    public string? ResumeFrom { get; init; }

    /// <summary>
    /// Ends training before the next step: <c>Fit</c> throws, the network keeps what it has learned, and a <see cref="Checkpoint"/>
    /// among the callbacks saves the place.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>How a network is trained.</summary>
/// <typeparam name="TInput">The shape of a sample.</typeparam>
/// <typeparam name="TTarget">What the loss compares with.</typeparam>
public sealed class FitOptions<TInput, TTarget> : FitOptions
    where TInput : IShape
    where TTarget : ITarget
{
    /// <summary>Data to measure the network on after each epoch; null for none, or for <see cref="FitOptions.ValidationSplit"/>.</summary>
    public Dataset<TInput, TTarget>? Validation { get; init; }
}
