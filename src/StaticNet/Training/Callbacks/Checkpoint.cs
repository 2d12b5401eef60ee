using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Saves all that training needs to go on, after each epoch and when training is cancelled: parameters, the optimizer's state, random
/// counters, the place in the epoch. <see cref="FitOptions.ResumeFrom"/> takes it up; what comes out then is the same to the last bit.
/// </summary>
/// <param name="path">The file; each save takes the place of the one before in one piece.</param>
/// <exception cref="ArgumentException">The path is empty.</exception>
public sealed class Checkpoint(string path) : Callback
{
    /// <summary>The file: safetensors with the parameters under their names, readable by <c>Load</c> when it is not strict.</summary>
    public string Path { get; } = string.IsNullOrEmpty(path) ? throw new ArgumentException("Give the path of a file.", nameof(path)) : path;

    /// <summary>Saves within epochs too, after each so many steps; 0 for not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int EverySteps { get; init => field = Require.AtLeast(0, value, nameof(EverySteps)); }

    /// <inheritdoc/>
    public override void OnFitBegin(FitContext context)
    {
        // Finds out now, not after an epoch, whether files can be written there.
        var probe = $"{Path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(FitContext context, double loss)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (EverySteps > 0 && context.Step % EverySteps == 0)
        {
            Write(context);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        Write(context);
    }

    /// <inheritdoc/>
    public override void OnFitEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Outcome == FitOutcome.Cancelled)
        {
            Write(context);
        }
    }

    private void Write(FitContext context)
    {
        var checkpoint = new CheckpointWriter(context.Network.Info);
        context.Save(checkpoint);
        checkpoint.Save(Path);
    }
}
