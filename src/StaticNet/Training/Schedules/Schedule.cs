namespace StaticNet;

/// <summary>
/// How the learning rate changes while a network is fitted. The optimizer's own rate is the initial one; fitting gives it back at the
/// end. Derive from this class for a schedule of your own.
/// </summary>
public abstract class Schedule
{
    /// <summary>Whether time is counted in optimizer steps instead of epochs.</summary>
    public bool EveryStep { get; init; }

    /// <summary>The learning rate at a time.</summary>
    /// <param name="initial">The optimizer's own rate.</param>
    /// <param name="time">Epochs, or steps when <see cref="EveryStep"/> is set, before this one: 0 for the first.</param>
    public abstract double Rate(double initial, long time);

    /// <summary>Forgets what was observed; called when fitting begins.</summary>
    internal virtual void Reset()
    {
    }

    /// <summary>Learns the result of an epoch.</summary>
    internal virtual void Observe(EpochResult result, double initial)
    {
    }
}
