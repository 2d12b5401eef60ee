namespace StaticNet.Cuda;

/// <summary>What an object has made and disposes with itself, the last first.</summary>
internal sealed class Owned : IDisposable
{
    private readonly Stack<IDisposable> _parts = new();

    /// <summary>Adds a part.</summary>
    public T Add<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }

    public void Dispose()
    {
        while (_parts.TryPop(out var part))
        {
            part.Dispose();
        }
    }
}
