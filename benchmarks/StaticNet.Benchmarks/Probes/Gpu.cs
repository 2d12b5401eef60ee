using System.Diagnostics;
using System.Globalization;
using System.Text;
using StaticNet.Cuda;

namespace StaticNet.Benchmarks.Probes;

/// <summary>The limits of a GPU and its memory.</summary>
internal sealed class Gpu : IMachine
{
    private const int Iterations = 4096;
    private const int Launches = 4;
    private const int CopyBytes = 128 << 20;

    // Blocks that a multiprocessor holds at once: enough to hide what instructions wait for.
    private const int BlocksAtOnce = 4;

    private readonly Device _device;
    private readonly Owned _owned = new();
    private readonly CudaContext _context;
    private readonly CudaModule _module;
    private readonly CudaStream _stream;
    private readonly DeviceMemory _from;
    private readonly DeviceMemory _to;
    private readonly int _blocks;
    private readonly double[] _peaks = new double[Enum.GetValues<Precision>().Length];
    private double _copyGigabytesPerSecond;

    public Gpu(Device device)
    {
        _device = device;
        _context = _owned.Add(device.Driver!.Enter());
        _context.Bind();
        _module = _owned.Add(_context.Load(typeof(GpuProbes), "the probes", Encoding.UTF8.GetBytes(GpuProbes.Text)));
        _stream = _owned.Add(new CudaStream(_context));
        _from = _owned.Add(new DeviceMemory(_context, CopyBytes));
        _to = _owned.Add(new DeviceMemory(_context, CopyBytes));
        _blocks = BlocksAtOnce * Multiprocessors();
        _stream.Fill(_from.Address, 1, CopyBytes / sizeof(float));
        Sample(); // Loads the kernels; its rates can only be too low.
    }

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {_device.Description}. Highest of this run:
        multiply-adds by fma {Tera(Precision.Float32):0.0} TFLOP/s, by mma.sync in TensorFloat32 {Tera(Precision.TensorFloat32):0.0} and in BFloat16 {Tera(Precision.BFloat16):0.0}; copy {_copyGigabytesPerSecond:0} GB/s.
        """);

    public void Sample()
    {
        _context.Bind();
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var seconds = Seconds(GpuProbes.MultiplyAdd(precision), [_to.Address, Iterations]);
            var rate = 1e-9 * _blocks * Iterations * GpuProbes.Operations(precision) / seconds;
            _peaks[(int)precision] = Math.Max(_peaks[(int)precision], rate);
        }

        var copied = Seconds(GpuProbes.Copy, [_from.Address, _to.Address, CopyBytes / (4 * sizeof(float))]);
        _copyGigabytesPerSecond = Math.Max(_copyGigabytesPerSecond, 2e-9 * CopyBytes / copied);
    }

    public double PeakGflops(Precision precision) => _peaks[(int)precision];

    public void Dispose() => _owned.Dispose();

    private double Tera(Precision precision) => 1e-3 * PeakGflops(precision);

    /// <summary>Seconds of a launch.</summary>
    private double Seconds(string kernel, ulong[] arguments)
    {
        var function = _module.Function(kernel);
        Launch(1);
        var start = Stopwatch.GetTimestamp();
        Launch(Launches);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / Launches;

        void Launch(int times)
        {
            for (var i = 0; i < times; i++)
            {
                _stream.Launch(function, kernel, (_blocks, 1, 1), GpuProbes.Threads, 0, arguments);
            }

            _stream.Synchronize(kernel);
        }
    }

    private unsafe int Multiprocessors()
    {
        const int Attribute = 16;
        int device, count;
        _context.Driver.Check(_context.Functions.DeviceGet(&device, 0), "Opening the GPU");
        _context.Driver.Check(_context.Functions.DeviceGetAttribute(&count, Attribute, device), "Counting multiprocessors");
        return count;
    }
}
