using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>
/// Floats of the device that the host sees in an arena of its own. Either is brought up to date only when it is looked at and the other
/// side has changed since.
/// </summary>
/// <param name="context">The device.</param>
/// <param name="stream">The one that works with the floats.</param>
/// <param name="gate">Held by whoever gives the stream work.</param>
/// <param name="address">Where they lie on the device.</param>
/// <param name="host">The host's arena, made when it is needed first.</param>
/// <param name="hostHasValues">Whether the host has them to begin with, and not the device.</param>
internal sealed class MirroredMemory(
    CudaContext context, CudaStream stream, Lock gate, ulong address, Func<AlignedMemory> host, bool hostHasValues)
{
    private bool _deviceIsOld = hostHasValues;
    private bool _hostIsOld;

    /// <summary>Where they lie on the device.</summary>
    public ulong Address => address;

    /// <summary>Where they lie on the host.</summary>
    public nint Host => host().Address;

    /// <summary>To be called before the host reads.</summary>
    public void Look()
    {
        if (!Volatile.Read(ref _hostIsOld))
        {
            return;
        }

        lock (gate)
        {
            if (_hostIsOld)
            {
                context.Bind();
                stream.CopyOut(address, host().Address, host().Length * sizeof(float));
                stream.Synchronize("Reading from the GPU");
                Volatile.Write(ref _hostIsOld, false);
            }
        }
    }

    /// <summary>To be called before the host reads or writes.</summary>
    public void Touch()
    {
        Look();
        _deviceIsOld = true;
    }

    /// <summary>To be called before the device works with them, by who holds the gate.</summary>
    public void Bring()
    {
        if (_deviceIsOld)
        {
            stream.CopyIn(host().Address, address, host().Length * sizeof(float));
            _deviceIsOld = false;
        }
    }

    /// <summary>To be called when the device was given work that changes them.</summary>
    public void Change() => Volatile.Write(ref _hostIsOld, true);

    /// <summary>To be called when the device was given work that writes all of them, whatever they were.</summary>
    public void Overwrite()
    {
        _deviceIsOld = false;
        Change();
    }
}
