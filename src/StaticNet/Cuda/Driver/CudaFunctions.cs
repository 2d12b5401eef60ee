namespace StaticNet.Cuda;

/// <summary>The functions of the driver that the library calls. Handles are pointers; addresses of the device are 64-bit numbers.</summary>
/// <param name="export">Gives the address of an exported function, or throws when there is none.</param>
internal sealed unsafe class CudaFunctions(Func<string, nint> export)
{
    public readonly delegate* unmanaged<uint, CudaResult> Init =
        (delegate* unmanaged<uint, CudaResult>)export("cuInit");

    public readonly delegate* unmanaged<CudaResult, byte**, CudaResult> GetErrorName =
        (delegate* unmanaged<CudaResult, byte**, CudaResult>)export("cuGetErrorName");

    public readonly delegate* unmanaged<CudaResult, byte**, CudaResult> GetErrorString =
        (delegate* unmanaged<CudaResult, byte**, CudaResult>)export("cuGetErrorString");

    public readonly delegate* unmanaged<int*, CudaResult> DriverGetVersion =
        (delegate* unmanaged<int*, CudaResult>)export("cuDriverGetVersion");

    public readonly delegate* unmanaged<int*, CudaResult> DeviceGetCount =
        (delegate* unmanaged<int*, CudaResult>)export("cuDeviceGetCount");

    public readonly delegate* unmanaged<int*, int, CudaResult> DeviceGet =
        (delegate* unmanaged<int*, int, CudaResult>)export("cuDeviceGet");

    public readonly delegate* unmanaged<byte*, int, int, CudaResult> DeviceGetName =
        (delegate* unmanaged<byte*, int, int, CudaResult>)export("cuDeviceGetName");

    public readonly delegate* unmanaged<int*, int, int, CudaResult> DeviceGetAttribute =
        (delegate* unmanaged<int*, int, int, CudaResult>)export("cuDeviceGetAttribute");

    public readonly delegate* unmanaged<nint*, int, CudaResult> DevicePrimaryCtxRetain =
        (delegate* unmanaged<nint*, int, CudaResult>)export("cuDevicePrimaryCtxRetain");

    public readonly delegate* unmanaged<int, CudaResult> DevicePrimaryCtxRelease =
        (delegate* unmanaged<int, CudaResult>)export("cuDevicePrimaryCtxRelease_v2");

    public readonly delegate* unmanaged<nint, CudaResult> CtxSetCurrent =
        (delegate* unmanaged<nint, CudaResult>)export("cuCtxSetCurrent");

    public readonly delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult> ModuleLoadDataEx =
        (delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult>)export("cuModuleLoadDataEx");

    public readonly delegate* unmanaged<nint, CudaResult> ModuleUnload =
        (delegate* unmanaged<nint, CudaResult>)export("cuModuleUnload");

    public readonly delegate* unmanaged<nint*, nint, byte*, CudaResult> ModuleGetFunction =
        (delegate* unmanaged<nint*, nint, byte*, CudaResult>)export("cuModuleGetFunction");

    public readonly delegate* unmanaged<nint, int, int, CudaResult> FuncSetAttribute =
        (delegate* unmanaged<nint, int, int, CudaResult>)export("cuFuncSetAttribute");

    public readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult> LaunchKernel =
        (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>)export("cuLaunchKernel");

    public readonly delegate* unmanaged<ulong*, nuint, CudaResult> MemAlloc =
        (delegate* unmanaged<ulong*, nuint, CudaResult>)export("cuMemAlloc_v2");

    public readonly delegate* unmanaged<ulong, CudaResult> MemFree =
        (delegate* unmanaged<ulong, CudaResult>)export("cuMemFree_v2");

    public readonly delegate* unmanaged<void**, nuint, uint, CudaResult> MemHostAlloc =
        (delegate* unmanaged<void**, nuint, uint, CudaResult>)export("cuMemHostAlloc");

    public readonly delegate* unmanaged<void*, CudaResult> MemFreeHost =
        (delegate* unmanaged<void*, CudaResult>)export("cuMemFreeHost");

    public readonly delegate* unmanaged<ulong, void*, nuint, nint, CudaResult> MemcpyHtoDAsync =
        (delegate* unmanaged<ulong, void*, nuint, nint, CudaResult>)export("cuMemcpyHtoDAsync_v2");

    public readonly delegate* unmanaged<void*, ulong, nuint, nint, CudaResult> MemcpyDtoHAsync =
        (delegate* unmanaged<void*, ulong, nuint, nint, CudaResult>)export("cuMemcpyDtoHAsync_v2");

    public readonly delegate* unmanaged<ulong, uint, nuint, nint, CudaResult> MemsetD32Async =
        (delegate* unmanaged<ulong, uint, nuint, nint, CudaResult>)export("cuMemsetD32Async");

    public readonly delegate* unmanaged<nint*, uint, CudaResult> StreamCreate =
        (delegate* unmanaged<nint*, uint, CudaResult>)export("cuStreamCreate");

    public readonly delegate* unmanaged<nint, CudaResult> StreamDestroy =
        (delegate* unmanaged<nint, CudaResult>)export("cuStreamDestroy_v2");

    public readonly delegate* unmanaged<nint, CudaResult> StreamSynchronize =
        (delegate* unmanaged<nint, CudaResult>)export("cuStreamSynchronize");

    public readonly delegate* unmanaged<nint, nint, uint, CudaResult> StreamWaitEvent =
        (delegate* unmanaged<nint, nint, uint, CudaResult>)export("cuStreamWaitEvent");

    public readonly delegate* unmanaged<nint, int, CudaResult> StreamBeginCapture =
        (delegate* unmanaged<nint, int, CudaResult>)export("cuStreamBeginCapture_v2");

    public readonly delegate* unmanaged<nint, nint*, CudaResult> StreamEndCapture =
        (delegate* unmanaged<nint, nint*, CudaResult>)export("cuStreamEndCapture");

    public readonly delegate* unmanaged<nint*, uint, CudaResult> EventCreate =
        (delegate* unmanaged<nint*, uint, CudaResult>)export("cuEventCreate");

    public readonly delegate* unmanaged<nint, nint, CudaResult> EventRecord =
        (delegate* unmanaged<nint, nint, CudaResult>)export("cuEventRecord");

    public readonly delegate* unmanaged<nint, CudaResult> EventSynchronize =
        (delegate* unmanaged<nint, CudaResult>)export("cuEventSynchronize");

    public readonly delegate* unmanaged<nint, CudaResult> EventDestroy =
        (delegate* unmanaged<nint, CudaResult>)export("cuEventDestroy_v2");

    public readonly delegate* unmanaged<nint*, nint, ulong, CudaResult> GraphInstantiate =
        (delegate* unmanaged<nint*, nint, ulong, CudaResult>)export("cuGraphInstantiateWithFlags");

    public readonly delegate* unmanaged<nint, nint, CudaResult> GraphLaunch =
        (delegate* unmanaged<nint, nint, CudaResult>)export("cuGraphLaunch");

    public readonly delegate* unmanaged<nint, CudaResult> GraphExecDestroy =
        (delegate* unmanaged<nint, CudaResult>)export("cuGraphExecDestroy");

    public readonly delegate* unmanaged<nint, CudaResult> GraphDestroy =
        (delegate* unmanaged<nint, CudaResult>)export("cuGraphDestroy");
}
