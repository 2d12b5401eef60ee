using System.ComponentModel;
using StaticNet.Cuda;

namespace StaticNet.Execution;

/// <summary>
/// The run-time half of a generated network: it owns the parameters and the work areas, runs programs, and keeps training and
/// prediction apart. Any number of threads may predict at once; whatever changes parameters demands to be alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class NetworkCore : IDisposable
{
    private readonly Func<Workspace> _createWorkspace;
    private readonly AlignedMemory _parameters;
    private readonly WorkspacePool _pool;
    private int _threads = Environment.ProcessorCount;

    /// <summary>Makes a network with freshly initialised parameters.</summary>
    /// <param name="info">The description that the generator wrote.</param>
    /// <param name="seed">The same seed gives the same parameters, shuffles and dropout masks on every machine.</param>
    /// <param name="createWorkspace">Makes the generated workspace.</param>
    /// <param name="createPrograms">Makes the generated kernels for GPUs; null when there are none.</param>
    /// <param name="device">Where the network is to be; null for the processor.</param>
    /// <exception cref="CudaException">The device is not available, or refuses.</exception>
    /// <exception cref="InvalidOperationException">The network has no kernels for the device.</exception>
    public NetworkCore(
        NetworkInfo info, int seed, Func<Workspace> createWorkspace, Func<CudaPrograms>? createPrograms = null, Device? device = null)
    {
        Info = info;
        Seed = seed;
        _createWorkspace = createWorkspace;
        _createPrograms = createPrograms;
        _pool = new WorkspacePool(info.Name, createWorkspace);
        _parameters = new AlignedMemory(Math.Max(1, info.ParameterFloats));
        Initialization.Run(info, seed, _parameters.Address);
        if (device is not null)
        {
            PlaceOn(device);
        }
    }

    /// <summary>The description that the generator wrote.</summary>
    public NetworkInfo Info { get; }

    /// <summary>The seed of parameters and random numbers.</summary>
    public int Seed { get; }

    /// <summary>Training steps so far; they number the random numbers of dropout.</summary>
    public long Steps { get; internal set; }

    /// <summary>The most threads that one call uses, the caller's included. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    /// <summary>The parameter arena, for whoever reads or changes it now.</summary>
    internal nint ParameterAddress
    {
        get
        {
            _cuda?.Parameters.Touch();
            return _parameters.Address;
        }
    }

    /// <summary>The parameter arena, for whoever reads or changes it now.</summary>
    internal Span<float> ParameterSpan
    {
        get
        {
            _cuda?.Parameters.Touch();
            return _parameters.Span;
        }
    }

    /// <summary>Claims the network for one caller that changes it; dispose to give it back.</summary>
    /// <exception cref="InvalidOperationException">Something else uses the network now.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    internal WorkspacePool.Exclusive Exclusive() => _pool.Claim();

    /// <summary>Claims the network, and a workspace, for one of many readers; dispose to give both back.</summary>
    /// <exception cref="InvalidOperationException">Something changes the network now.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    internal WorkspacePool.Lease Shared() => _pool.Share();

    /// <summary>One parameter, seen in PyTorch's order.</summary>
    public ParameterView Parameter(int index)
    {
        var parameter = Info.Parameters[index];
        return new ParameterView(parameter.Name, parameter.Shape, _parameters, parameter.Offset, parameter.Layout, this);
    }

    /// <summary>Frees all memory.</summary>
    /// <exception cref="InvalidOperationException">Something still uses the network.</exception>
    public void Dispose()
    {
        if (!_pool.Close())
        {
            return;
        }

        _cuda?.Dispose();
        _cuda = null;
        _training?.Dispose();
        _gradients?.Dispose();
        _batchScalars?.Dispose();
        _parameters.Dispose();
    }
}
