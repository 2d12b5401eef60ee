namespace StaticNet.Cuda;

/// <summary>The primary context of the first device while networks use it, and the modules that they have loaded.</summary>
internal sealed unsafe class CudaContext : IDisposable
{
    private const int FirstDevice = 0;

    private readonly Lock _gate = new();
    private readonly Dictionary<object, CudaModule> _modules = [];
    private readonly int _device;
    private readonly nint _handle;

    /// <summary>Retains the context: by <see cref="CudaDriver.Enter"/> alone.</summary>
    /// <exception cref="CudaException">The driver is not ready, or refuses.</exception>
    public CudaContext(CudaDriver driver)
    {
        (Driver, Functions) = (driver, driver.Functions);
        int device;
        nint handle;
        driver.Check(Functions.DeviceGet(&device, FirstDevice), "Opening the GPU");
        driver.Check(Functions.DevicePrimaryCtxRetain(&handle, device), "Opening the GPU");
        (_device, _handle) = (device, handle);
    }

    public CudaDriver Driver { get; }

    public CudaFunctions Functions { get; }

    /// <summary>How many use it; the driver's to count.</summary>
    public int Uses { get; set; }

    /// <summary>Makes it the one that this thread's calls are about.</summary>
    public void Bind() => Driver.Check(Functions.CtxSetCurrent(_handle), "Choosing the GPU");

    /// <summary>The same before everything is freed. An error here has been reported before.</summary>
    public void BindForDisposal() => Functions.CtxSetCurrent(_handle);

    /// <summary>A module, loaded for whoever asks first; dispose it once for each time it was asked for.</summary>
    /// <param name="key">Equal for equal modules.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="ptx">Its text.</param>
    public CudaModule Load(object key, string name, ReadOnlySpan<byte> ptx)
    {
        lock (_gate)
        {
            if (!_modules.TryGetValue(key, out var module))
            {
                _modules.Add(key, module = new CudaModule(this, key, name, ptx));
            }

            module.Uses++;
            return module;
        }
    }

    /// <summary>Takes back a <see cref="Load"/>; the last one unloads the module.</summary>
    public void Unload(CudaModule module)
    {
        lock (_gate)
        {
            if (--module.Uses == 0)
            {
                _modules.Remove(module.Key);
                module.Release();
            }
        }
    }

    /// <summary>Says that one of those who use it is done.</summary>
    public void Dispose() => Driver.Leave();

    /// <summary>Ends the use of the context. An error here has been reported before.</summary>
    public void Release()
    {
        Functions.CtxSetCurrent(0);
        Functions.DevicePrimaryCtxRelease(_device);
    }
}
