using StaticNet.Conformance;
using StaticNet.Cpu.Tests.Compiled;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Generators.Backends.Ptx;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Driver;
using StaticNet.PtxVm.Execution;

namespace StaticNet.Ptx.Tests.Networks;

/// <summary>
/// A network of each declared precision, from the declaration to the virtual GPU, compared with the interpreter in double precision, which rounds
/// operands of contractions where the declared precision does.
/// </summary>
public sealed class PrecisionTests : IClassFixture<PrecisionTests.Compiled>
{
    private const int Batch = 3;

    private static readonly Precision[] s_precisions = [Precision.Float32, Precision.TensorFloat32, Precision.BFloat16];

    private const string Declaration = "[Input(4, 5, 16)] [Conv2D(16, 2), Tanh, Flatten, Dense(16)] [SoftmaxCrossEntropy]";

    private readonly CompiledNetworks _networks;

    public PrecisionTests(Compiled compiled) => _networks = compiled.Networks;

    /// <summary>Of each drawn batch everything is compared, unless an operand is as near to the middle between two others as float32 is exact.</summary>
    [Theory]
    [InlineData(Precision.Float32, 1e-5, "product_")]
    [InlineData(Precision.TensorFloat32, 1e-5, "_tf32_")]
    [InlineData(Precision.BFloat16, 1e-3, "_bf16_")]
    public void Network_agrees_with_the_interpreter_that_rounds_alike(Precision precision, double tolerance, string kernel)
    {
        using var gpu = new VirtualGpu(new DriverOptions { Launches = new() { Order = ScheduleOrder.Random, Seed = 5 } });
        using var network = Create(precision, gpu.Device);
        var model = _networks.Models[Array.IndexOf(s_precisions, precision)];
        var oracle = new Oracle(model, network, tolerance, node => Rounding.Of(TileShape.PrecisionOf(node, new(model.Spec.Precision))));

        Assert.Contains(Enumerable.Range(0, 30), attempt => oracle.Agrees(Batch, seed: 100 + (10 * (uint)attempt)));
        AssertStepsByGradient(network, tolerance);
        Assert.Contains(gpu.Virtual.Launches, launch => launch.Kernel.Contains(kernel, StringComparison.Ordinal));
    }

    /// <summary>Rounding operands costs no more than the bounds that hold against float32 anywhere: 2·10⁻³ and 2·10⁻² of the loss.</summary>
    [Theory]
    [InlineData(Precision.TensorFloat32, 2e-3)]
    [InlineData(Precision.BFloat16, 2e-2)]
    public void Training_goes_where_float32_goes(Precision precision, double bound)
    {
        using var gpu = new VirtualGpu();
        var (expected, actual) = (Losses(Precision.Float32, device: null), Losses(precision, gpu.Device));

        for (var step = 0; step < expected.Count; step++)
            Assert.InRange(actual[step], expected[step] * (1 - bound), expected[step] * (1 + bound));

        Assert.True(expected[^1] < 0.8 * expected[0], string.Join(", ", expected));
        Assert.NotEqual(expected, actual);
    }

    private List<double> Losses(Precision precision, Device? device)
    {
        using var trained = Create(precision, device);
        var (input, target) = (Samples.Inputs(trained.Info, 16), Samples.Targets(trained.Info, 16));
        var optimizer = new Adam(0.01);
        return [.. Enumerable.Range(0, 6).Select(_ => trained.TrainStep(input, target, optimizer))];
    }

    private NetworkUnderTest Create(Precision precision, Device? device) => _networks.Create(Array.IndexOf(s_precisions, precision), seed: 2, device);

    /// <summary>The gradient has been compared: a step of plain descent goes along it, in float32.</summary>
    private static void AssertStepsByGradient(NetworkUnderTest network, double tolerance)
    {
        const double rate = 0.5;
        var (input, target) = (Samples.Inputs(network.Info, Batch), Samples.Targets(network.Info, Batch));
        network.Accumulate(input, target);
        var (before, gradients) = (network.Parameters(), network.Gradients());

        network.TrainStep(input, target, new Sgd(rate));

        foreach (var (name, values) in network.Parameters())
        {
            double[] expected = [.. before[name].Zip(gradients[name], (value, gradient) => value - (rate * gradient))];
            Conformance.Agreement.OfTensor<float>(new(name, [expected.Length], expected), values, tolerance);
            Assert.NotEqual(before[name], values);
        }
    }

    /// <summary>The network in every precision, compiled once.</summary>
    public sealed class Compiled : IDisposable
    {
        internal CompiledNetworks Networks { get; } = CompiledNetworks.Compile(
            [.. s_precisions.Select(_ => Declaration)], new(Winograd: false, Pool: false, Unroll: false), s_precisions, emitPtx: true);

        public void Dispose() => Networks.Dispose();
    }
}
