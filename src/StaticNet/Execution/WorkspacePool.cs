using System.Diagnostics.CodeAnalysis;

namespace StaticNet.Execution;

/// <summary>
/// The workspaces of a network, and the gate between those who read its parameters and whoever changes them. A reader takes a workspace
/// and gives it back: one atomic exchange and one write. A writer shuts the gate and must then find every workspace at home. Whoever
/// comes at the wrong moment is told so instead of waiting.
/// </summary>
internal sealed class WorkspacePool(string network, Func<Workspace> create)
{
    private const int Open = 0;
    private const int Exclusively = 1;
    private const int Closed = 2;

    /// <summary>Each workspace has a home of its own here, empty while a reader has it.</summary>
    private readonly Workspace?[] _homes = new Workspace?[256];

    private int _made;
    private int _state;

    /// <summary>Takes a workspace for one of many readers.</summary>
    public Lease Share()
    {
        var workspace = Take();

        // Taking was a full fence: a writer that did not find the workspace missing has shut the gate before this look at it.
        if (Volatile.Read(ref _state) != Open)
        {
            Give(workspace);
            ThrowBusy();
        }

        return new Lease(this, workspace);
    }

    /// <summary>Shuts the gate for one who changes the network.</summary>
    public Exclusive Claim()
    {
        Shut(Exclusively);
        return new Exclusive(this);
    }

    /// <summary>Shuts the gate for good and frees the workspaces; false when it is shut for good already.</summary>
    public bool Close()
    {
        if (Volatile.Read(ref _state) == Closed)
        {
            return false;
        }

        Shut(Closed);
        foreach (var workspace in _homes)
        {
            workspace?.Dispose();
        }

        return true;
    }

    /// <summary>Fills the work areas, so that tests see whoever reads what nobody wrote.</summary>
    public void Poison(float value)
    {
        foreach (var workspace in _homes)
        {
            workspace?.Poison(value);
        }
    }

    private Workspace Take()
    {
        for (var i = 0; i < _homes.Length; i++)
        {
            if (_homes[i] is not null)
            {
                if (Interlocked.Exchange(ref _homes[i], null) is { } workspace)
                {
                    return workspace;
                }
            }
            else if (i >= Volatile.Read(ref _made) && Make() is { } made)
            {
                return made;
            }
        }

        // As many readers as there are homes: one of them will be back soon.
        Thread.Yield();
        return Take();
    }

    private Workspace? Make()
    {
        var home = Interlocked.Increment(ref _made) - 1;
        if (home >= _homes.Length)
        {
            Interlocked.Decrement(ref _made);
            return null;
        }

        var workspace = create();
        workspace.Home = home;
        return workspace;
    }

    private void Give(Workspace workspace) => Volatile.Write(ref _homes[workspace.Home], workspace);

    private void Shut(int state)
    {
        if (Interlocked.CompareExchange(ref _state, state, Open) != Open)
        {
            ThrowBusy();
        }

        var made = Volatile.Read(ref _made);
        for (var i = 0; i < made; i++)
        {
            if (Volatile.Read(ref _homes[i]) is null)
            {
                Volatile.Write(ref _state, Open);
                ThrowBusy();
            }
        }
    }

    [DoesNotReturn]
    private void ThrowBusy() => throw (Volatile.Read(ref _state) == Closed
        ? new ObjectDisposedException(network)
        : new InvalidOperationException(
            $"{network} is in use: training, loading and disposing need the network to themselves. Wait until other calls have returned, or use a second instance."));

    /// <summary>A workspace taken; dispose to give it back.</summary>
    public readonly struct Lease(WorkspacePool pool, Workspace workspace) : IDisposable
    {
        public Workspace Workspace { get; } = workspace;

        public void Dispose() => pool.Give(Workspace);
    }

    /// <summary>The network to oneself; dispose to open the gate.</summary>
    public readonly struct Exclusive(WorkspacePool pool) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref pool._state, Open);
    }
}
