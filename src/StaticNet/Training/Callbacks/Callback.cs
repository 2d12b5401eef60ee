namespace StaticNet;

/// <summary>
/// Something that happens while a network is trained. Derive from this class for a callback of your own; it may evaluate the network
/// and predict with it. What a callback throws ends training.
/// </summary>
public abstract class Callback
{
    /// <summary>Before the first epoch. A callback that writes files finds out here whether it can.</summary>
    public virtual void OnFitBegin(FitContext context)
    {
    }

    /// <summary>Before the first step of an epoch.</summary>
    public virtual void OnEpochBegin(FitContext context)
    {
    }

    /// <summary>After each step of the optimizer.</summary>
    /// <param name="context">How far training is.</param>
    /// <param name="loss">The loss of the step's batch.</param>
    public virtual void OnStepEnd(FitContext context, double loss)
    {
    }

    /// <summary>After each epoch.</summary>
    /// <param name="context">How far training is.</param>
    /// <param name="result">What came out of the epoch.</param>
    public virtual void OnEpochEnd(FitContext context, EpochResult result)
    {
    }

    /// <summary>When training ends, for whatever reason, if it had begun.</summary>
    public virtual void OnFitEnd(FitContext context)
    {
    }

    /// <summary>Adds to a checkpoint what the callback must know to go on.</summary>
    internal virtual void Save(CheckpointWriter checkpoint)
    {
    }

    /// <summary>Takes from a checkpoint what the callback must know to go on.</summary>
    internal virtual void Load(CheckpointReader checkpoint)
    {
    }
}
