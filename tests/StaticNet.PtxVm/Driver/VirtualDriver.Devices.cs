using System.Text;
using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Driver;

/// <content>Initialisation, devices, contexts.</content>
public sealed unsafe partial class VirtualDriver
{
    public CudaResult cuInit(uint flags)
    {
        if (flags != 0)
            return CudaResult.InvalidValue;

        if (options.Devices == 0)
            return CudaResult.NoDevice;

        isInitialized = true;
        return CudaResult.Success;
    }

    /// <summary>Needs no <see cref="cuInit"/>.</summary>
    public CudaResult cuDriverGetVersion(int* version)
    {
        *version = options.DriverVersion;
        return CudaResult.Success;
    }

    public CudaResult cuDeviceGetCount(int* count)
    {
        *count = options.Devices;
        return isInitialized ? CudaResult.Success : CudaResult.NotInitialized;
    }

    public CudaResult cuDeviceGet(int* device, int ordinal)
    {
        *device = ordinal;
        return Check(ordinal);
    }

    public CudaResult cuDeviceGetName(byte* name, int length, int device)
    {
        if (Check(device) is not CudaResult.Success and var error)
            return error;

        if (length < 1)
            return CudaResult.InvalidValue;

        var bytes = Encoding.ASCII.GetBytes("StaticNet PTX virtual machine");
        var count = Math.Min(bytes.Length, length - 1);
        bytes.AsSpan(0, count).CopyTo(new(name, count));
        name[count] = 0;
        return CudaResult.Success;
    }

    public CudaResult cuDeviceTotalMem(nuint* bytes, int device)
    {
        *bytes = (nuint)options.MemoryBytes;
        return Check(device);
    }

    /// <summary>Knows the attributes that have to do with the limits of kernels, by their numbers in <c>CUdevice_attribute</c>.</summary>
    public CudaResult cuDeviceGetAttribute(int* value, int attribute, int device)
    {
        if (Check(device) is not CudaResult.Success and var error)
            return error;

        int? known = attribute switch
        {
            1 => 1024, // most threads of a block
            2 or 3 => 1024, // most of them in x and y
            4 => 64, // in z
            5 => int.MaxValue, // most blocks in x
            6 or 7 => 65535, // in y and z
            8 => 48 * 1024, // shared memory of a block without asking
            10 => 32, // lanes of a warp
            12 => 65536, // registers of a block
            16 => 108, // multiprocessors
            75 => options.ComputeCapability / 10,
            76 => options.ComputeCapability % 10,
            81 => 164 * 1024, // shared memory of a multiprocessor
            97 => Machine.MaximumShared, // shared memory of a block that asks
            115 => 0, // no memory pools
            _ => null,
        };
        *value = known ?? 0;
        return known is null ? CudaResult.InvalidValue : CudaResult.Success;
    }

    public CudaResult cuDevicePrimaryCtxRetain(nint* context, int device)
    {
        lock (gate)
        {
            *context = 0;
            if (Check(device) is not CudaResult.Success and var error)
                return error;

            if (primaryContextUses++ == 0)
                primaryContext = handles.Add("primary context");

            *context = primaryContext;
            return CudaResult.Success;
        }
    }

    /// <summary>The last release destroys everything that was made in the context.</summary>
    public CudaResult cuDevicePrimaryCtxRelease(int device)
    {
        lock (gate)
        {
            if (Check(device) is not CudaResult.Success and var error)
                return error;

            if (primaryContextUses == 0)
                return CudaResult.InvalidContext;

            if (--primaryContextUses == 0)
                DestroyContext();

            return CudaResult.Success;
        }
    }

    public CudaResult cuCtxSetCurrent(nint context)
    {
        lock (gate)
        {
            if (!isInitialized)
                return CudaResult.NotInitialized;

            if (context != 0 && context != primaryContext)
                return CudaResult.InvalidContext;

            current.Value = context;
            return CudaResult.Success;
        }
    }

    private CudaResult Check(int device) => !isInitialized ? CudaResult.NotInitialized
        : device >= 0 && device < options.Devices ? CudaResult.Success : CudaResult.InvalidDevice;
}
