using System.Runtime.InteropServices;
using DriverResult = StaticNet.PtxVm.Driver.CudaResult;

namespace StaticNet.Cuda.Tests.Virtual;

/// <summary>The functions of the virtual driver under the names that the real one exports them by, to be called as those are.</summary>
internal static unsafe class VirtualExports
{
    private static readonly Dictionary<string, nint> s_functions = new(StringComparer.Ordinal)
    {
        ["cuInit"] = (nint)(delegate* unmanaged<uint, DriverResult>)&cuInit,
        ["cuGetErrorName"] = (nint)(delegate* unmanaged<DriverResult, byte**, DriverResult>)&cuGetErrorName,
        ["cuGetErrorString"] = (nint)(delegate* unmanaged<DriverResult, byte**, DriverResult>)&cuGetErrorString,
        ["cuDriverGetVersion"] = (nint)(delegate* unmanaged<int*, DriverResult>)&cuDriverGetVersion,
        ["cuDeviceGetCount"] = (nint)(delegate* unmanaged<int*, DriverResult>)&cuDeviceGetCount,
        ["cuDeviceGet"] = (nint)(delegate* unmanaged<int*, int, DriverResult>)&cuDeviceGet,
        ["cuDeviceGetName"] = (nint)(delegate* unmanaged<byte*, int, int, DriverResult>)&cuDeviceGetName,
        ["cuDeviceGetAttribute"] = (nint)(delegate* unmanaged<int*, int, int, DriverResult>)&cuDeviceGetAttribute,
        ["cuDevicePrimaryCtxRetain"] = (nint)(delegate* unmanaged<nint*, int, DriverResult>)&cuDevicePrimaryCtxRetain,
        ["cuDevicePrimaryCtxRelease_v2"] = (nint)(delegate* unmanaged<int, DriverResult>)&cuDevicePrimaryCtxRelease,
        ["cuCtxSetCurrent"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuCtxSetCurrent,
        ["cuModuleLoadDataEx"] = (nint)(delegate* unmanaged<nint*, void*, uint, int*, void**, DriverResult>)&cuModuleLoadDataEx,
        ["cuModuleUnload"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuModuleUnload,
        ["cuModuleGetFunction"] = (nint)(delegate* unmanaged<nint*, nint, byte*, DriverResult>)&cuModuleGetFunction,
        ["cuFuncSetAttribute"] = (nint)(delegate* unmanaged<nint, int, int, DriverResult>)&cuFuncSetAttribute,
        ["cuLaunchKernel"] = (nint)(delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, DriverResult>)&cuLaunchKernel,
        ["cuMemAlloc_v2"] = (nint)(delegate* unmanaged<ulong*, nuint, DriverResult>)&cuMemAlloc,
        ["cuMemFree_v2"] = (nint)(delegate* unmanaged<ulong, DriverResult>)&cuMemFree,
        ["cuMemHostAlloc"] = (nint)(delegate* unmanaged<void**, nuint, uint, DriverResult>)&cuMemHostAlloc,
        ["cuMemFreeHost"] = (nint)(delegate* unmanaged<void*, DriverResult>)&cuMemFreeHost,
        ["cuMemcpyHtoDAsync_v2"] = (nint)(delegate* unmanaged<ulong, void*, nuint, nint, DriverResult>)&cuMemcpyHtoDAsync,
        ["cuMemcpyDtoHAsync_v2"] = (nint)(delegate* unmanaged<void*, ulong, nuint, nint, DriverResult>)&cuMemcpyDtoHAsync,
        ["cuMemsetD32Async"] = (nint)(delegate* unmanaged<ulong, uint, nuint, nint, DriverResult>)&cuMemsetD32Async,
        ["cuStreamCreate"] = (nint)(delegate* unmanaged<nint*, uint, DriverResult>)&cuStreamCreate,
        ["cuStreamDestroy_v2"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuStreamDestroy,
        ["cuStreamSynchronize"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuStreamSynchronize,
        ["cuStreamWaitEvent"] = (nint)(delegate* unmanaged<nint, nint, uint, DriverResult>)&cuStreamWaitEvent,
        ["cuStreamBeginCapture_v2"] = (nint)(delegate* unmanaged<nint, int, DriverResult>)&cuStreamBeginCapture,
        ["cuStreamEndCapture"] = (nint)(delegate* unmanaged<nint, nint*, DriverResult>)&cuStreamEndCapture,
        ["cuEventCreate"] = (nint)(delegate* unmanaged<nint*, uint, DriverResult>)&cuEventCreate,
        ["cuEventRecord"] = (nint)(delegate* unmanaged<nint, nint, DriverResult>)&cuEventRecord,
        ["cuEventSynchronize"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuEventSynchronize,
        ["cuEventDestroy_v2"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuEventDestroy,
        ["cuGraphInstantiateWithFlags"] = (nint)(delegate* unmanaged<nint*, nint, ulong, DriverResult>)&cuGraphInstantiate,
        ["cuGraphLaunch"] = (nint)(delegate* unmanaged<nint, nint, DriverResult>)&cuGraphLaunch,
        ["cuGraphExecDestroy"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuGraphExecDestroy,
        ["cuGraphDestroy"] = (nint)(delegate* unmanaged<nint, DriverResult>)&cuGraphDestroy,
    };

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => s_functions.Keys;

    /// <summary>The address of a function.</summary>
    public static nint Find(string name) => s_functions.TryGetValue(name, out var function)
        ? function
        : throw new EntryPointNotFoundException($"the virtual driver has no '{name}'");

    [UnmanagedCallersOnly]
    private static DriverResult cuInit(uint flags) => VirtualGpu.Enter("cuInit") ?? VirtualGpu.Current.Virtual.cuInit(flags);

    [UnmanagedCallersOnly]
    private static DriverResult cuGetErrorName(
        DriverResult error, byte** text) =>
        VirtualGpu.Enter("cuGetErrorName") ?? VirtualGpu.Current.Virtual.cuGetErrorName(error, text);

    [UnmanagedCallersOnly]
    private static DriverResult cuGetErrorString(
        DriverResult error, byte** text) =>
        VirtualGpu.Enter("cuGetErrorString") ?? VirtualGpu.Current.Virtual.cuGetErrorString(error, text);

    [UnmanagedCallersOnly]
    private static DriverResult cuDriverGetVersion(
        int* version) =>
        VirtualGpu.Enter("cuDriverGetVersion") ?? VirtualGpu.Current.Virtual.cuDriverGetVersion(version);

    [UnmanagedCallersOnly]
    private static DriverResult cuDeviceGetCount(
        int* count) =>
        VirtualGpu.Enter("cuDeviceGetCount") ?? VirtualGpu.Current.Virtual.cuDeviceGetCount(count);

    [UnmanagedCallersOnly]
    private static DriverResult cuDeviceGet(
        int* device, int ordinal) =>
        VirtualGpu.Enter("cuDeviceGet") ?? VirtualGpu.Current.Virtual.cuDeviceGet(device, ordinal);

    [UnmanagedCallersOnly]
    private static DriverResult cuDeviceGetName(
        byte* name, int length, int device) =>
        VirtualGpu.Enter("cuDeviceGetName") ?? VirtualGpu.Current.Virtual.cuDeviceGetName(name, length, device);

    [UnmanagedCallersOnly]
    private static DriverResult cuDeviceGetAttribute(
        int* value, int attribute, int device) =>
        VirtualGpu.Enter("cuDeviceGetAttribute") ?? VirtualGpu.Current.Virtual.cuDeviceGetAttribute(value, attribute, device);

    [UnmanagedCallersOnly]
    private static DriverResult cuDevicePrimaryCtxRetain(
        nint* context, int device) =>
        VirtualGpu.Enter("cuDevicePrimaryCtxRetain") ?? VirtualGpu.Current.Virtual.cuDevicePrimaryCtxRetain(context, device);

    [UnmanagedCallersOnly]
    private static DriverResult cuDevicePrimaryCtxRelease(
        int device) =>
        VirtualGpu.Enter("cuDevicePrimaryCtxRelease_v2") ?? VirtualGpu.Current.Virtual.cuDevicePrimaryCtxRelease(device);

    [UnmanagedCallersOnly]
    private static DriverResult cuCtxSetCurrent(
        nint context) =>
        VirtualGpu.Enter("cuCtxSetCurrent") ?? VirtualGpu.Current.Virtual.cuCtxSetCurrent(context);

    [UnmanagedCallersOnly]
    private static DriverResult cuModuleLoadDataEx(
        nint* module, void* image, uint count, int* names, void** values) =>
        VirtualGpu.Enter("cuModuleLoadDataEx") ?? VirtualGpu.Current.Virtual.cuModuleLoadDataEx(module, image, count, names, values);

    [UnmanagedCallersOnly]
    private static DriverResult cuModuleUnload(
        nint module) =>
        VirtualGpu.Enter("cuModuleUnload") ?? VirtualGpu.Current.Virtual.cuModuleUnload(module);

    [UnmanagedCallersOnly]
    private static DriverResult cuModuleGetFunction(
        nint* function, nint module, byte* name) =>
        VirtualGpu.Enter("cuModuleGetFunction") ?? VirtualGpu.Current.Virtual.cuModuleGetFunction(function, module, name);

    [UnmanagedCallersOnly]
    private static DriverResult cuFuncSetAttribute(
        nint function, int attribute, int value) =>
        VirtualGpu.Enter("cuFuncSetAttribute") ?? VirtualGpu.Current.Virtual.cuFuncSetAttribute(function, attribute, value);

    [UnmanagedCallersOnly]
    private static DriverResult cuLaunchKernel(
        nint function, uint x, uint y, uint z, uint threadsX, uint threadsY, uint threadsZ, uint shared, nint stream, void** arguments, void** extra) =>
        VirtualGpu.Enter("cuLaunchKernel") ?? VirtualGpu.Current.Virtual.cuLaunchKernel(function, x, y, z, threadsX, threadsY, threadsZ, shared, stream, arguments, extra);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemAlloc(
        ulong* address, nuint bytes) =>
        VirtualGpu.Enter("cuMemAlloc_v2") ?? VirtualGpu.Current.Virtual.cuMemAlloc(address, bytes);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemFree(
        ulong address) =>
        VirtualGpu.Enter("cuMemFree_v2") ?? VirtualGpu.Current.Virtual.cuMemFree(address);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemHostAlloc(
        void** address, nuint bytes, uint flags) =>
        VirtualGpu.Enter("cuMemHostAlloc") ?? VirtualGpu.Current.Virtual.cuMemHostAlloc(address, bytes, flags);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemFreeHost(
        void* address) =>
        VirtualGpu.Enter("cuMemFreeHost") ?? VirtualGpu.Current.Virtual.cuMemFreeHost(address);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemcpyHtoDAsync(
        ulong to, void* from, nuint bytes, nint stream) =>
        VirtualGpu.Enter("cuMemcpyHtoDAsync_v2") ?? VirtualGpu.Current.Virtual.cuMemcpyHtoDAsync(to, from, bytes, stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemcpyDtoHAsync(
        void* to, ulong from, nuint bytes, nint stream) =>
        VirtualGpu.Enter("cuMemcpyDtoHAsync_v2") ?? VirtualGpu.Current.Virtual.cuMemcpyDtoHAsync(to, from, bytes, stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuMemsetD32Async(
        ulong to, uint value, nuint count, nint stream) =>
        VirtualGpu.Enter("cuMemsetD32Async") ?? VirtualGpu.Current.Virtual.cuMemsetD32Async(to, value, count, stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuStreamCreate(
        nint* stream, uint flags) =>
        VirtualGpu.Enter("cuStreamCreate") ?? VirtualGpu.Current.Virtual.cuStreamCreate(stream, flags);

    [UnmanagedCallersOnly]
    private static DriverResult cuStreamDestroy(
        nint stream) =>
        VirtualGpu.Enter("cuStreamDestroy_v2") ?? VirtualGpu.Current.Virtual.cuStreamDestroy(stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuStreamSynchronize(
        nint stream) =>
        VirtualGpu.Enter("cuStreamSynchronize") ?? VirtualGpu.Current.Virtual.cuStreamSynchronize(stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuStreamWaitEvent(
        nint stream, nint point, uint flags) =>
        VirtualGpu.Enter("cuStreamWaitEvent") ?? VirtualGpu.Current.Virtual.cuStreamWaitEvent(stream, point, flags);

    [UnmanagedCallersOnly]
    private static DriverResult cuStreamBeginCapture(
        nint stream, int mode) =>
        VirtualGpu.Enter("cuStreamBeginCapture_v2") ?? VirtualGpu.Current.Virtual.cuStreamBeginCapture(stream, mode);

    [UnmanagedCallersOnly]
    private static DriverResult cuStreamEndCapture(
        nint stream, nint* graph) =>
        VirtualGpu.Enter("cuStreamEndCapture") ?? VirtualGpu.Current.Virtual.cuStreamEndCapture(stream, graph);

    [UnmanagedCallersOnly]
    private static DriverResult cuEventCreate(
        nint* point, uint flags) =>
        VirtualGpu.Enter("cuEventCreate") ?? VirtualGpu.Current.Virtual.cuEventCreate(point, flags);

    [UnmanagedCallersOnly]
    private static DriverResult cuEventRecord(
        nint point, nint stream) =>
        VirtualGpu.Enter("cuEventRecord") ?? VirtualGpu.Current.Virtual.cuEventRecord(point, stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuEventSynchronize(
        nint point) =>
        VirtualGpu.Enter("cuEventSynchronize") ?? VirtualGpu.Current.Virtual.cuEventSynchronize(point);

    [UnmanagedCallersOnly]
    private static DriverResult cuEventDestroy(
        nint point) =>
        VirtualGpu.Enter("cuEventDestroy_v2") ?? VirtualGpu.Current.Virtual.cuEventDestroy(point);

    [UnmanagedCallersOnly]
    private static DriverResult cuGraphInstantiate(
        nint* executable, nint graph, ulong flags) =>
        VirtualGpu.Enter("cuGraphInstantiateWithFlags") ?? VirtualGpu.Current.Virtual.cuGraphInstantiate(executable, graph, flags);

    [UnmanagedCallersOnly]
    private static DriverResult cuGraphLaunch(
        nint executable, nint stream) =>
        VirtualGpu.Enter("cuGraphLaunch") ?? VirtualGpu.Current.Virtual.cuGraphLaunch(executable, stream);

    [UnmanagedCallersOnly]
    private static DriverResult cuGraphExecDestroy(
        nint executable) =>
        VirtualGpu.Enter("cuGraphExecDestroy") ?? VirtualGpu.Current.Virtual.cuGraphExecDestroy(executable);

    [UnmanagedCallersOnly]
    private static DriverResult cuGraphDestroy(
        nint graph) =>
        VirtualGpu.Enter("cuGraphDestroy") ?? VirtualGpu.Current.Virtual.cuGraphDestroy(graph);
}
