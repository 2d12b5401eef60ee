using StaticNet.Cuda;

namespace StaticNet.Execution;

public sealed partial class NetworkCore
{
    private readonly Func<CudaPrograms>? _createPrograms;

    /// <summary>The network on a GPU; null on the processor.</summary>
    private CudaNetwork? _cuda;

    /// <summary>Where the network is.</summary>
    public Device Device { get; private set; } = Device.Cpu;

    /// <summary>Moves the network with its parameters, gradients and the state of its optimizers; a failure leaves it where it is.</summary>
    /// <exception cref="CudaException">The device is not available, or refuses.</exception>
    /// <exception cref="InvalidOperationException">Something else uses the network now, or it has no kernels for the device.</exception>
    public void To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using var use = Exclusive();
        if (device != Device)
        {
            Move(device);
        }
    }

    /// <summary>The penalties of the parameters as they are.</summary>
    internal double Penalty() => _cuda is { } cuda ? cuda.Penalty() : Regularization.Penalty(Info, _parameters.Address);

    /// <summary>To be called before parameters are read on the host.</summary>
    internal void LookAtParameters() => _cuda?.Parameters.Look();

    /// <summary>To be called before parameters are changed on the host.</summary>
    internal void TouchParameters() => _cuda?.Parameters.Touch();

    private AlignedMemory GradientMemory => _gradients ??= new AlignedMemory(Math.Max(1, Info.ParameterFloats));

    private void PlaceOn(Device device)
    {
        try
        {
            Move(device);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Move(Device device)
    {
        _cuda?.BringHome();
        var moved = device.Driver is { } driver
            ? new CudaNetwork(Info, CreatePrograms(), driver, _parameters, () => GradientMemory, _gradients is not null)
            : null;
        _cuda?.Dispose();
        (_cuda, Device, _recorded, _stepped) = (moved, device, null, 0);
        _training?.Dispose();
        _training = null;
    }

    private CudaPrograms CreatePrograms() => _createPrograms is null
        ? throw new InvalidOperationException($"{Info.Name} was built without kernels for GPUs: build it with the property StaticNetEmitPtx, which is on unless it is set to false.")
        : _createPrograms();

    private CudaStep NextStep() => new(unchecked((ulong)Seed), (ulong)Steps++);
}
