using System.Runtime.InteropServices;

namespace StaticNet.Cuda;

/// <summary>The NVIDIA driver of this machine, or why there is none to use. Looking for it never throws; using it does.</summary>
internal sealed unsafe class CudaDriver
{
    /// <summary>CUDA 11.4: it reads PTX 7.4, which generated modules are written in.</summary>
    public const int LeastVersion = 11040;

    /// <summary>Compute capability 8.0 (Ampere), which generated modules are compiled for.</summary>
    public const int LeastCapability = 80;

    private const int MajorCapability = 75;
    private const int MinorCapability = 76;

    private readonly Lock _gate = new();
    private readonly CudaFunctions? _functions;
    private readonly string? _error;
    private CudaContext? _context;

    /// <summary>Looks what a driver can do.</summary>
    /// <param name="export">Gives the address of an exported function, or throws when there is none; null when there is no driver.</param>
    public CudaDriver(Func<string, nint>? export)
    {
        (State, Message) = (CudaState.NoDriver, "No NVIDIA driver was found. Install it (its library is libcuda.so.1 on Linux, nvcuda.dll on Windows), or use Device.Cpu.");
        if (export is null)
        {
            return;
        }

        try
        {
            _functions = new CudaFunctions(export);
        }
        catch (EntryPointNotFoundException missing)
        {
            (State, Message) = (CudaState.TooOld, $"The NVIDIA driver is too old ({missing.Message}): install one for CUDA 11.4 or later (470 or later).");
            return;
        }

        var initialized = _functions.Init(0);
        (State, Message) = initialized == CudaResult.Success ? LookAtDevice(_functions) : (CudaState.NoDevice, WithoutDevice(initialized));
        _error = initialized == CudaResult.Success ? null : Name(initialized);
    }

    /// <summary>The driver that is installed on this machine.</summary>
    public static CudaDriver Installed => s_installed.Value;

    private static readonly Lazy<CudaDriver> s_installed = new(() =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var library) ? OfLibrary(library) : new CudaDriver(null));

    /// <summary>Whether it can be used.</summary>
    public CudaState State { get; }

    /// <summary>What there is, or what is missing and what to do.</summary>
    public string Message { get; }

    /// <summary>
    /// Whether every launch is waited for, so that an error names the layer whose kernel failed: slow, for looking for mistakes. Set the
    /// environment variable <c>STATICNET_CUDA_CHECK</c> to 1.
    /// </summary>
    public bool ChecksLaunches { get; init; } = Environment.GetEnvironmentVariable("STATICNET_CUDA_CHECK") == "1";

    /// <summary>The functions of a driver that is ready.</summary>
    /// <exception cref="CudaException">It is not.</exception>
    public CudaFunctions Functions => State == CudaState.Ready ? _functions! : throw new CudaException(Message) { Error = _error };

    /// <summary>A driver by the handle of its library.</summary>
    public static CudaDriver OfLibrary(nint library) => new(name => NativeLibrary.GetExport(library, name));

    /// <summary>The context of the first device; dispose it once for each time it was entered.</summary>
    /// <exception cref="CudaException">The driver is not ready, or refuses.</exception>
    public CudaContext Enter()
    {
        lock (_gate)
        {
            _context ??= new CudaContext(this);
            _context.Uses++;
            return _context;
        }
    }

    /// <summary>Takes back an <see cref="Enter"/>; the last one ends the context.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_context!.Uses == 0)
            {
                _context.Release();
                _context = null;
            }
        }
    }

    /// <summary>Throws unless a call succeeded.</summary>
    /// <param name="result">What the call returned.</param>
    /// <param name="doing">What it was to do, as the subject of "failed".</param>
    /// <param name="layer">The layer whose kernel it was about.</param>
    /// <exception cref="CudaException">It did not succeed.</exception>
    public void Check(CudaResult result, string doing, string? layer = null)
    {
        if (result != CudaResult.Success)
        {
            throw Failure(result, doing, layer);
        }
    }

    /// <summary>The exception for a call that did not succeed.</summary>
    public CudaException Failure(CudaResult result, string doing, string? layer = null)
    {
        var advice = result switch
        {
            CudaResult.OutOfMemory => " The device's memory is full: use smaller batches, or dispose networks that are not needed.",
            >= CudaResult.IllegalAddress and <= CudaResult.LaunchFailed when layer is null =>
                " A kernel failed, and nothing runs on the GPU any more in this process. Set the environment variable STATICNET_CUDA_CHECK to 1 to learn which layer's it was.",
            _ => "",
        };
        return new CudaException($"{doing} failed{(layer is null ? "" : $" in layer '{layer}'")}: {Name(result)} ({Text(result)}).{advice}")
        {
            Error = Name(result),
            Layer = layer,
        };
    }

    private (CudaState State, string Message) LookAtDevice(CudaFunctions functions)
    {
        int version, count, device, major, minor;
        var name = stackalloc byte[256];
        if (functions.DriverGetVersion(&version) != CudaResult.Success || functions.DeviceGetCount(&count) != CudaResult.Success || count == 0)
        {
            return (CudaState.NoDevice, WithoutDevice(CudaResult.NoDevice));
        }

        if (version < LeastVersion)
        {
            return (CudaState.TooOld, $"The NVIDIA driver is for CUDA {Version(version)}: install one for CUDA {Version(LeastVersion)} or later (470 or later).");
        }

        if (functions.DeviceGet(&device, 0) is not CudaResult.Success and var refused
            || (refused = functions.DeviceGetName(name, 256, device)) != CudaResult.Success
            || (refused = functions.DeviceGetAttribute(&major, MajorCapability, device)) != CudaResult.Success
            || (refused = functions.DeviceGetAttribute(&minor, MinorCapability, device)) != CudaResult.Success)
        {
            return (CudaState.NoDevice, WithoutDevice(refused));
        }

        var what = $"{Marshal.PtrToStringUTF8((nint)name)}, compute capability {major}.{minor}";
        return (10 * major) + minor < LeastCapability
            ? (CudaState.TooOld, $"The GPU is too old: {what}, but 8.0 (Ampere) or later is needed. Use Device.Cpu.")
            : (CudaState.Ready, $"{what}, driver for CUDA {Version(version)}");
    }

    private string WithoutDevice(CudaResult result) =>
        $"There is an NVIDIA driver but no GPU that it can use: {Name(result)} ({Text(result)}). Check that nvidia-smi shows one and that CUDA_VISIBLE_DEVICES does not hide it, or use Device.Cpu.";

    private static string Version(int version) => $"{version / 1000}.{version % 1000 / 10}";

    private string Name(CudaResult result)
    {
        byte* text;
        return _functions!.GetErrorName(result, &text) == CudaResult.Success ? Marshal.PtrToStringUTF8((nint)text)! : $"error {(int)result}";
    }

    private string Text(CudaResult result)
    {
        byte* text;
        return _functions!.GetErrorString(result, &text) == CudaResult.Success ? Marshal.PtrToStringUTF8((nint)text)! : "unknown to the driver";
    }
}
