namespace StaticNet.Tests.Training;

/// <summary>Cancels training after so many steps.</summary>
internal sealed class Interruption(string path, int after) : Callback, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public string Path => path;

    public CancellationToken Token => _source.Token;

    public int Steps { get; private set; }

    public void Dispose() => _source.Dispose();

    public override void OnFitBegin(FitContext context) => CancelWhenDue();

    public override void OnStepEnd(FitContext context, double loss)
    {
        Steps++;
        CancelWhenDue();
    }

    private void CancelWhenDue()
    {
        if (Steps == after)
        {
            _source.Cancel();
        }
    }
}
