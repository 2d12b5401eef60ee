namespace StaticNet;

/// <summary>Ends training when the loss of a step is NaN or infinite.</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <inheritdoc/>
    public override void OnStepEnd(FitContext context, double loss)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!double.IsFinite(loss))
        {
            context.Stop($"the loss of step {context.Step} of epoch {context.Epoch} is {loss}");
        }
    }
}
