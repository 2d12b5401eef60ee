using System.Text;
using StaticNet.Benchmarks.Probes;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Cuda.Tests;

/// <summary>The kernels that benchmarks measure a GPU's limits with do as much as they are said to.</summary>
public sealed unsafe class ProbeTests
{
    private const int Blocks = 2;

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.TensorFloat32)]
    [InlineData(Precision.BFloat16)]
    public void Multiply_adds_are_as_many_as_counted(Precision precision)
    {
        using var gpu = new VirtualGpu();
        var few = Run(gpu, GpuProbes.MultiplyAdd(precision), Blocks * GpuProbes.Threads, 3);
        var many = Run(gpu, GpuProbes.MultiplyAdd(precision), Blocks * GpuProbes.Threads, 5);

        Assert.Equal(2 * Blocks * GpuProbes.Operations(precision), gpu.Virtual.Launches[1].FloatingPointOperations - gpu.Virtual.Launches[0].FloatingPointOperations);
        Assert.All(few, sum => Assert.Equal(Sum(3), sum));
        Assert.All(many, sum => Assert.Equal(Sum(5), sum));

        float Sum(int iterations) => Enumerable.Range(0, 32).Sum(start => precision switch
        {
            Precision.Float32 => 2 + ((start - 2f) / (1 << iterations)),
            Precision.TensorFloat32 => start + (8f * iterations),
            _ => start + (16f * iterations),
        });
    }

    [Fact]
    public void Copies_copy_in_whole_sectors()
    {
        using var gpu = new VirtualGpu();
        const int Vectors = (3 * GpuProbes.Threads) + 6; // more than the threads of both blocks
        Assert.All(Run(gpu, GpuProbes.Copy, 4 * Vectors, Vectors), value => Assert.Equal(7, value));
        Assert.Equal((1, 1), (gpu.Virtual.Launches[0].SectorEfficiency, gpu.Virtual.Launches[0].ShareBy16));
    }

    [Fact]
    public void They_are_assembled()
    {
        Assert.SkipWhen(Assembler.Program is null, "STATICNET_PTXAS names no assembler.");
        Assembler.Check(GpuProbes.Text);
    }

    /// <summary>Runs a kernel on sevens.</summary>
    private static float[] Run(VirtualGpu gpu, string kernel, int floats, uint count)
    {
        using var context = gpu.Driver.Enter();
        context.Bind();
        using var module = context.Load(typeof(GpuProbes), "the probes", Encoding.UTF8.GetBytes(GpuProbes.Text));
        using var stream = new CudaStream(context);
        using DeviceMemory from = new(context, floats * sizeof(float)), to = new(context, floats * sizeof(float));
        stream.Fill(from.Address, 7, floats);
        stream.Launch(
            module.Function(kernel), kernel, (Blocks, 1, 1), GpuProbes.Threads, 0, kernel == GpuProbes.Copy ? [from.Address, to.Address, count] : [to.Address, count]);
        var results = new float[floats];
        fixed (float* host = results)
        {
            stream.CopyOut(to.Address, (nint)host, floats * sizeof(float));
            stream.Synchronize(kernel);
        }

        return results;
    }
}
