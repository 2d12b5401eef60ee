using System.ComponentModel;
using StaticNet.Cuda;

namespace StaticNet.Execution;

/// <summary>
/// The run-time half of a generated network that learns: it owns the parameters, runs programs, and keeps training and prediction apart.
/// Whatever changes parameters demands to be alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class NetworkCore : InferenceCore
{
    private readonly Func<Workspace> _createWorkspace;
    private readonly AlignedMemory _parameters;

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
        : base(info, createWorkspace)
    {
        Seed = seed;
        _createWorkspace = createWorkspace;
        _createPrograms = createPrograms;
        _parameters = new AlignedMemory(Math.Max(1, info.ParameterFloats));
        Initialization.Run(info, seed, _parameters.Address);
        if (device is not null)
        {
            PlaceOn(device);
        }
    }

    /// <summary>The seed of parameters and random numbers.</summary>
    public int Seed { get; }

    /// <summary>Training steps so far; they number the random numbers of dropout.</summary>
    public long Steps { get; internal set; }

    private protected override nint Parameters => _parameters.Address;

    private protected override long ParameterFloats => _parameters.Length;

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
    internal WorkspacePool.Exclusive Exclusive() => Pool.Claim();

    /// <summary>One parameter, seen in PyTorch's order.</summary>
    public ParameterView Parameter(int index)
    {
        var parameter = Info.Parameters[index];
        return new ParameterView(parameter.Name, parameter.Shape, _parameters, parameter.Offset, parameter.Layout, this);
    }

    private protected override void Free()
    {
        _cuda?.Dispose();
        _cuda = null;
        _training?.Dispose();
        _gradients?.Dispose();
        _batchScalars?.Dispose();
        _parameters.Dispose();
    }
}
