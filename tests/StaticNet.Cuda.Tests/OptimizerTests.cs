using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;

namespace StaticNet.Cuda.Tests;

/// <summary>The kernels of the optimizers against the processor's, from the same gradients: the same bits, but for the norm.</summary>
public sealed class OptimizerTests
{
    private static readonly Func<Optimizer>[] s_optimizers =
    [
        () => new Sgd(0.1),
        () => new Sgd(0.1, weightDecay: 0.01) { ClipValue = 0.5 },
        () => new Sgd(0.1, momentum: 0.9),
        () => new Sgd(0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01),
        () => new Adagrad(0.1, learningRateDecay: 0.1, weightDecay: 0.01),
        () => new RmsProp(0.01, weightDecay: 0.01),
        () => new RmsProp(0.01, momentum: 0.9),
        () => new Adam(0.01),
        () => new Adam(0.01, weightDecay: 0.01) { ClipValue = 0.5 },
        () => new AdamW(0.01, weightDecay: 0.1),
    ];

    public static TheoryData<int, double, double> Cases => [.. from optimizer in Enumerable.Range(0, s_optimizers.Length)
                                                               from penalties in ((double, double)[])[(0, 0), (0.01, 0.02)]
                                                               select (optimizer, penalties.Item1, penalties.Item2)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Updates_are_the_processors_to_the_last_bit(int optimizer, double l1, double l2)
    {
        using var gpu = new VirtualGpu();
        CompareUpdates(gpu.Device, optimizer, l1, l2);
    }

    internal static void CompareUpdates(Device device, int optimizer, double l1, double l2)
    {
        using var pair = new Linear(device, l1, l2);
        var (cpu, cuda) = (s_optimizers[optimizer](), s_optimizers[optimizer]());

        for (var step = 0; step < 5; step++)
        {
            pair.SetGradients(() => pair.Numbers(1)[0]);
            pair.Cpu.Step(cpu);
            pair.Cuda.Step(cuda);
            Agreement.OfBits(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, $"parameters after step {step}");
        }

        for (var i = 0; i < cpu.StateNames.Length; i++)
            Agreement.OfBits(State(cpu, i), State(cuda, i), cpu.StateNames[i]);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(1000)]
    public void The_norm_of_the_gradient_is_kept(double bound)
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device, l1: 0.01, l2: 0.02);
        var (cpu, cuda) = (new Sgd(0.5, momentum: 0.9) { ClipNorm = bound }, new Sgd(0.5, momentum: 0.9) { ClipNorm = bound });

        for (var step = 0; step < 3; step++)
        {
            pair.SetGradients(() => pair.Numbers(1)[0]);
            pair.Cpu.Step(cpu);
            pair.Cuda.Step(cuda);
            Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
        }
    }

    [Fact]
    public void Tiny_state_becomes_zero()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Adam(), new Adam());
        var values = new Queue<float>([1e-15f, 1e-37f, 0, -1e-38f, 1e-45f]);
        pair.SetGradients(() => values.TryDequeue(out var value) ? value : 0);

        pair.Cpu.Step(cpu);
        pair.Cuda.Step(cuda);

        Agreement.OfBits(State(cpu, 0), State(cuda, 0), "first moments");
        Agreement.OfBits(State(cpu, 1), State(cuda, 1), "second moments");
        Agreement.OfBits(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
    }

    [Fact]
    public void What_is_not_a_number_stays_where_it_is()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device, l1: 0.1, l2: 0.1);
        var (cpu, cuda) = (new Adam() { ClipValue = 1 }, new Adam() { ClipValue = 1 });
        var values = new Queue<float>([1, float.NaN, float.PositiveInfinity, -0f, float.NegativeInfinity]);
        pair.SetGradients(() => values.TryDequeue(out var value) ? value : 0.5f);

        pair.Cpu.Step(cpu);
        pair.Cuda.Step(cuda);

        Assert.Contains(float.NaN, pair.Cuda.ParameterSpan.ToArray());
        Agreement.OfBits(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
    }

    [Fact]
    public void Parameters_of_many_chunks_are_changed_and_state_of_layers_is_not()
    {
        using var gpu = new VirtualGpu();
        var info = ManyParameters.Describe();
        using var cpu = ManyParameters.Make(info, Device.Cpu);
        using var cuda = ManyParameters.Make(info, gpu.Device);
        var random = new Random(5);
        var (left, right) = (new Adam(0.01) { ClipNorm = 3 }, new Adam(0.01) { ClipNorm = 3 });

        for (var step = 0; step < 3; step++)
        {
            foreach (ref var gradient in cpu.GradientSpan)
                gradient = (float)random.NextDouble() - 0.5f;
            cpu.GradientSpan.CopyTo(cuda.GradientSpan);
            cpu.Step(left);
            cuda.Step(right);
            Agreement.Of(cpu.ParameterSpan, cuda.ParameterSpan, "parameters");
            Assert.Equal(cpu.Penalty(), cuda.Penalty(), 1e-9 * cpu.Penalty());
        }

        var running = info.Parameters.Single(parameter => parameter.IsState);
        Assert.Equal(7, cuda.ParameterSpan[(int)running.Offset]);
    }

    private static unsafe ReadOnlySpan<float> State(Optimizer optimizer, int index) =>
        new((void*)optimizer.State(index), (int)optimizer.StateMemory(index).Length);
}
