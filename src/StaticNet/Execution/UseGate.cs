namespace StaticNet.Execution;

/// <summary>Lets many read or one change; whoever comes at the wrong moment is told so instead of waiting.</summary>
internal sealed class UseGate(string network)
{
    private const int Alone = int.MinValue / 2;
    private const int Closed = int.MinValue / 8 * 7;

    /// <summary>The number of readers; far below zero while one changes the network or after it is gone.</summary>
    private int _users;

    public Shared EnterShared()
    {
        if (Interlocked.Increment(ref _users) <= 0)
        {
            ThrowBusy(Interlocked.Decrement(ref _users));
        }

        return new Shared(this);
    }

    public Exclusive EnterExclusive()
    {
        var users = Interlocked.CompareExchange(ref _users, Alone, 0);
        if (users != 0)
        {
            ThrowBusy(users);
        }

        return new Exclusive(this);
    }

    /// <summary>Shuts the gate for good; false when it is shut already.</summary>
    public bool Close()
    {
        var users = Interlocked.CompareExchange(ref _users, Closed, 0);
        if (users != 0 && !IsClosed(users))
        {
            ThrowBusy(users);
        }

        return users == 0;
    }

    private static bool IsClosed(int users) => users < Alone / 2 * 3;

    private void ThrowBusy(int users) => throw (IsClosed(users)
        ? new ObjectDisposedException(network)
        : new InvalidOperationException(
            $"{network} is in use: training, loading and disposing need the network to themselves. Wait until other calls have returned, or use a second instance."));

    public readonly struct Shared(UseGate gate) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref gate._users);
    }

    public readonly struct Exclusive(UseGate gate) : IDisposable
    {
        public void Dispose() => Interlocked.Add(ref gate._users, -Alone);
    }
}
