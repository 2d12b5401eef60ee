namespace StaticNet.Execution;

/// <summary>Idle workspaces, taken and given back without locks and without allocation.</summary>
internal sealed class WorkspacePool : IDisposable
{
    private readonly Workspace?[] _idle = new Workspace?[Math.Max(4, 2 * Environment.ProcessorCount)];

    public Workspace? Take()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } workspace)
            {
                return workspace;
            }
        }

        return null;
    }

    public void Give(Workspace workspace)
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], workspace, null) is null)
            {
                return;
            }
        }

        workspace.Dispose();
    }

    public void Dispose()
    {
        while (Take() is { } workspace)
        {
            workspace.Dispose();
        }
    }
}
