using StaticNet.Execution;

namespace StaticNet;

/// <summary>Why training ended, or that it has not.</summary>
public enum FitOutcome
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>A callback stopped it.</summary>
    Stopped,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>Something was thrown.</summary>
    Failed,
}

/// <summary>What callbacks see of training, and can do to it.</summary>
public sealed class FitContext
{
    private readonly Action<CheckpointWriter> _save;

    internal FitContext(NetworkCore network, Optimizer optimizer, FitOptions options, Action<CheckpointWriter> save) =>
        (Network, Optimizer, Options, _save) = (network, optimizer, options, save);

    /// <summary>The epoch, the first being 1; 0 before.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Steps of the optimizer done in this epoch.</summary>
    public int Step { get; internal set; }

    /// <summary>Steps of the optimizer in a whole epoch.</summary>
    public int StepsPerEpoch { get; internal init; }

    /// <summary>Steps of the optimizer done in all epochs.</summary>
    public long TotalSteps => ((long)Math.Max(0, Epoch - 1) * StepsPerEpoch) + Step;

    /// <summary>The epochs that are over.</summary>
    public History History { get; internal init; } = new();

    /// <summary>Changes the parameters; its learning rate may be set, unless a schedule does.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How the network is trained.</summary>
    public FitOptions Options { get; }

    /// <summary>Why training ended, once it has.</summary>
    public FitOutcome Outcome { get; internal set; }

    /// <summary>Why a callback wants training to stop; null as long as none does.</summary>
    public string? StopReason { get; private set; }

    internal NetworkCore Network { get; }

    /// <summary>Ends training after this step or epoch; the first reason counts.</summary>
    /// <param name="reason">Why, as <see cref="History.StopReason"/> will say.</param>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        StopReason ??= reason;
    }

    /// <summary>Puts all that training needs to go on into a checkpoint.</summary>
    internal void Save(CheckpointWriter checkpoint) => _save(checkpoint);
}
