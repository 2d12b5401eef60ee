using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Driver;

/// <content>Modules, functions and their launches.</content>
public sealed unsafe partial class VirtualDriver
{
    private const int ErrorLogBuffer = 5;
    private const int ErrorLogBufferSize = 6;
    private const int MaximumDynamicSharedSize = 8;

    /// <summary>Reads a module, text that ends with a zero. What is wrong with it is written to the error log, if the options have one.</summary>
    [SuppressMessage("Naming", "CA1711", Justification = "The driver's name.")]
    public CudaResult cuModuleLoadDataEx(nint* module, void* image, uint optionCount, int* optionNames, void** optionValues)
    {
        *module = 0;
        return CallOutsideCapture(() =>
        {
            try
            {
                var source = PtxModule.Parse(Marshal.PtrToStringUTF8((nint)image) ?? "");
                foreach (var kernel in source.Kernels)
                    machine.Program(kernel);

                *module = handles.Add(new Module(source));
                return CudaResult.Success;
            }
            catch (PtxSyntaxException error)
            {
                WriteLog(error.Message, optionCount, optionNames, optionValues);
                return error.Message.Contains(".version", StringComparison.Ordinal) ? CudaResult.UnsupportedPtxVersion : CudaResult.InvalidPtx;
            }
        });
    }

    public CudaResult cuModuleUnload(nint module) => CallOutsideCapture(() =>
    {
        if (!handles.TryGet<Module>(module, out var loaded))
            return CudaResult.InvalidHandle;

        FinishAll();
        handles.RemoveAll(value => value is Function function && function.Module == loaded);
        handles.Remove(module);
        return stickyError;
    });

    public CudaResult cuModuleGetFunction(nint* function, nint module, byte* name)
    {
        *function = 0;
        return Call(() =>
        {
            if (!handles.TryGet<Module>(module, out var loaded))
                return CudaResult.InvalidHandle;

            if (!loaded.Source.TryGet(Marshal.PtrToStringUTF8((nint)name) ?? "", out var kernel))
                return CudaResult.NotFound;

            *function = handles.Add(new Function(loaded, kernel));
            return CudaResult.Success;
        });
    }

    /// <summary>Knows the largest dynamic shared memory, which is 48 KiB unless it is set here.</summary>
    public CudaResult cuFuncSetAttribute(nint function, int attribute, int value) => Call(() =>
    {
        if (!handles.TryGet<Function>(function, out var found))
            return CudaResult.InvalidHandle;

        if (attribute != MaximumDynamicSharedSize || value < 0 || value + found.Kernel.StaticSharedSize > Machine.MaximumShared)
            return CudaResult.InvalidValue;

        found.MaximumDynamicShared = value;
        return CudaResult.Success;
    });

    /// <summary>Parameters are read at once: of each as many bytes as the kernel declares.</summary>
    public CudaResult cuLaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream,
        void** parameters, void** extra) =>
        Enqueue(stream, _ =>
        {
            if (!handles.TryGet<Function>(function, out var found))
                return (CudaResult.InvalidHandle, null);

            var kernel = found.Kernel;
            var (grid, block) = (new Dim3((int)gridX, (int)gridY, (int)gridZ), new Dim3((int)blockX, (int)blockY, (int)blockZ));
            if (extra != null || (parameters == null && kernel.Parameters.Count > 0) || sharedBytes > found.MaximumDynamicShared)
                return (CudaResult.InvalidValue, null);

            if (Machine.FindProblem(kernel, grid, block, (int)sharedBytes) is not null)
                return (kernel.MaximumThreads is not null ? CudaResult.LaunchOutOfResources : CudaResult.InvalidValue, null);

            var arguments = new byte[kernel.ParameterSize];
            for (var index = 0; index < kernel.Parameters.Count; index++)
            {
                var parameter = kernel.Parameters[index];
                new ReadOnlySpan<byte>(parameters[index], parameter.Size).CopyTo(arguments.AsSpan(parameter.Offset));
            }

            return (CudaResult.Success, () => launches.Add(machine.LaunchWith(arguments, kernel, grid, block, (int)sharedBytes, options.Launches)));
        });

    private static void WriteLog(string message, uint optionCount, int* names, void** values)
    {
        byte* buffer = null;
        var sizeAt = -1;
        for (var index = 0; index < optionCount; index++)
        {
            if (names[index] == ErrorLogBuffer)
                buffer = (byte*)values[index];
            else if (names[index] == ErrorLogBufferSize)
                sizeAt = index;
        }

        if (buffer == null || sizeAt < 0 || (nint)values[sizeAt] < 1)
            return;

        var bytes = Encoding.UTF8.GetBytes(message);
        var count = Math.Min(bytes.Length, (int)(nint)values[sizeAt] - 1);
        bytes.AsSpan(0, count).CopyTo(new(buffer, count));
        buffer[count] = 0;
        values[sizeAt] = (void*)(count + 1);
    }
}
