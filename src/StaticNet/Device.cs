using StaticNet.Cuda;

namespace StaticNet;

/// <summary>Where a network keeps its parameters and does its work. Looking at one never throws; putting a network on one that is not available does.</summary>
public sealed class Device
{
    private readonly Lazy<CudaDriver>? _driver;
    private int _saidSo;

    private Device(Lazy<CudaDriver>? driver) => _driver = driver;

    /// <summary>A device of a driver: tests bring their own.</summary>
    internal Device(CudaDriver driver)
        : this(new Lazy<CudaDriver>(driver))
    {
    }

    /// <summary>The processor, with all its threads.</summary>
    public static Device Cpu { get; } = new(driver: default(Lazy<CudaDriver>));

    /// <summary>
    /// The first NVIDIA GPU: one of compute capability 8.0 or later, with a driver for CUDA 11.4 or later and nothing else. Results agree with
    /// the processor's within rounding; networks, optimizers and files are used as before. <c>CUDA_VISIBLE_DEVICES</c> chooses another GPU.
    /// </summary>
    public static Device Cuda { get; } = new(new Lazy<CudaDriver>(() => CudaDriver.Installed));

    /// <summary><see cref="Cuda"/> where it is available, otherwise <see cref="Cpu"/>: that it is, and why, is written to <see cref="Notices"/> once.</summary>
    public static Device Auto => Cuda.OrCpu();

    /// <summary>Whether <see cref="Cuda"/> is available, or what is missing; <see cref="Description"/> says what to do.</summary>
    public static CudaState CudaState => Cuda.Driver!.State;

    /// <summary>Where <see cref="Auto"/> says that it falls back to the processor: standard error, unless set; null for nowhere.</summary>
    public static TextWriter? Notices { get; set; } = Console.Error;

    /// <summary>Whether networks can be put on it.</summary>
    public bool IsAvailable => Driver is not { } driver || driver.State == CudaState.Ready;

    /// <summary>The device and its driver by name, or what is missing and what to do.</summary>
    public string Description => Driver is { } driver ? driver.Message : "the processor";

    /// <summary>Null for the processor.</summary>
    internal CudaDriver? Driver => _driver?.Value;

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public override string ToString() => _driver is null ? "cpu" : "cuda";

    /// <summary>This device where it is available, otherwise the processor.</summary>
    internal Device OrCpu()
    {
        if (IsAvailable)
        {
            return this;
        }

        if (Interlocked.Exchange(ref _saidSo, 1) == 0)
        {
            Notices?.WriteLine($"StaticNet runs on the processor. {Description}");
        }

        return Cpu;
    }
}
