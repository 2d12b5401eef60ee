using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;

namespace StaticNet.Cuda.Tests;

/// <summary>Everything a network does, on the virtual device and on the processor; streams that work late and at once.</summary>
public sealed class NetworkTests
{
    public static TheoryData<bool> Streams => [false, true];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Inference_agrees(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);

        foreach (var batch in (int[])[4, 1, 9, 4, 9, 0, 9])
        {
            var samples = pair.Samples(batch);
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, samples.Input), pair.Cuda.Infer(ProgramKind.Forward, samples.Input), "outputs");
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Predict, samples.Input), pair.Cuda.Infer(ProgramKind.Predict, samples.Input), "predictions");
            var (expected, actual) = (pair.Cpu.Evaluate(samples), pair.Cuda.Evaluate(samples));
            Agreement.Of(expected.Predictions, actual.Predictions, "predictions");
            Agreement.Of(expected.Losses, actual.Losses, "losses");
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Training_agrees(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device, l1: 0.01, l2: 0.02);
        var (cpu, cuda) = (new Adam(0.05), new Adam(0.05));

        for (var step = 0; step < 6; step++)
        {
            var samples = pair.Samples(step == 3 ? 3 : 8);
            Assert.Equal(pair.Cpu.TrainStep(samples, cpu), pair.Cuda.TrainStep(samples, cuda), 1e-6);
        }

        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
        Assert.Equal(pair.Cpu.Steps, pair.Cuda.Steps);
        Assert.Equal(pair.Cpu.Penalty(), pair.Cuda.Penalty(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Gradients_of_parts_add_up(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Sgd(0.1, momentum: 0.9), new Sgd(0.1, momentum: 0.9));

        for (var step = 0; step < 3; step++)
        {
            for (var part = 0; part < 3; part++)
            {
                var samples = pair.Samples(4);
                Assert.Equal(pair.Cpu.Accumulate(samples, part == 0), pair.Cuda.Accumulate(samples, part == 0), 1e-6);
            }

            pair.Cpu.Step(cpu);
            pair.Cuda.Step(cuda);
            Agreement.Of(pair.Cpu.GradientSpan, pair.Cuda.GradientSpan, "gradients");
            Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Going_back_agrees(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);

        for (var step = 0; step < 3; step++)
        {
            var (input, outputGradient) = pair.Samples(6);
            var (output, inputGradient) = pair.Cuda.Differentiate(input, outputGradient);
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, input), output, "outputs");
            var (weights, bias) = (pair.Cpu.Parameter(0), new float[Linear.Outputs]);
            var expected = new float[input.Length];
            for (var i = 0; i < 6 * Linear.Outputs; i++)
            {
                var (sample, o) = (i / Linear.Outputs, i % Linear.Outputs);
                bias[o] += outputGradient[i];
                for (var x = 0; x < Linear.Inputs; x++)
                    expected[(sample * Linear.Inputs) + x] += outputGradient[i] * weights[o, x];
            }

            Agreement.Of(expected, inputGradient, "gradients of inputs");
            Agreement.Of(bias, pair.Cuda.GradientSpan.Slice((int)pair.Info.Parameters[1].Offset, Linear.Outputs), "gradients of biases");
        }

        Assert.Throws<InvalidOperationException>(() => pair.Cuda.Backward(pair.Numbers(5), default, default, default, pair.Numbers(3), default));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void What_the_host_writes_the_device_sees_and_the_other_way_round(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);
        var optimizer = new Sgd(0.1);
        var samples = pair.Samples(4);

        pair.Cuda.TrainStep(samples, optimizer);
        var bias = pair.Cuda.Parameter(1);
        var trained = bias[2];
        Assert.NotEqual(0, trained);
        bias[2] = 100;
        Assert.Equal(100, pair.Cuda.Infer(ProgramKind.Forward, new float[Linear.Inputs])[2]);
        bias.CopyFrom([1, 2, 3]);
        Assert.Equal([1, 2, 3], pair.Cuda.Infer(ProgramKind.Forward, new float[Linear.Inputs]));
        pair.Cuda.TrainStep(samples, optimizer);
        Assert.NotEqual(3, bias[2]);
    }

    [Fact]
    public void Moving_keeps_everything()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Adam(0.05), new Adam(0.05));

        foreach (var device in (Device[])[gpu.Device, Device.Cpu, gpu.Device, Device.Cpu])
        {
            pair.Cuda.To(device);
            Assert.Same(device, pair.Cuda.Device);
            Assert.Equal(device == Device.Cpu, gpu.Virtual.Live.IsEmpty);
            Agreement.Of(pair.Cpu.GradientSpan, pair.Cuda.GradientSpan, "gradients");
            var samples = pair.Samples(4);
            Assert.Equal(pair.Cpu.TrainStep(samples, cpu), pair.Cuda.TrainStep(samples, cuda), 1e-6);
            Assert.Equal(pair.Cpu.Accumulate(samples, first: true), pair.Cuda.Accumulate(samples, first: true), 1e-6);
            pair.Cpu.Step(cpu);
            pair.Cuda.Step(cuda);
        }

        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Large_batches_are_worked_on_in_parts(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var core = Linear.Make(gpu.Device, programs: info => new SpaciousPrograms(info));
        using var pair = new Linear(gpu.Device);

        for (var run = 0; run < 3; run++)
        {
            var input = pair.Numbers(150 * Linear.Inputs);
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, input), core.Infer(ProgramKind.Forward, input), "outputs");
        }

        Assert.Equal(30, gpu.Virtual.Launches.Count(launch => launch.Kernel == "forward"));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public unsafe void A_step_that_nobody_waited_for_is_done_before_the_next(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Sgd(0.1), new Sgd(0.1));

        for (var step = 0; step < 4; step++)
        {
            var samples = pair.Samples(4);
            pair.Cpu.TrainStep(samples, cpu);
            fixed (float* x = samples.Input, t = samples.Target)
            {
                var (input, target) = ((nint)x, (nint)t);
                Assert.Throws<TimeoutException>(() => pair.Cuda.TrainStep(4, input, target, 0, cuda, meanwhile: () => throw new TimeoutException()));
            }
        }

        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
    }

    [Fact]
    public void Threads_may_predict_at_once()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var inputs = Enumerable.Range(0, 40).Select(i => pair.Numbers((1 + (i % 5)) * Linear.Inputs)).ToArray();

        var outputs = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, i => outputs[i] = pair.Cuda.Infer(ProgramKind.Forward, inputs[i]));

        for (var i = 0; i < inputs.Length; i++)
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, inputs[i]), outputs[i], "outputs");
    }

    [Fact]
    public void Nothing_is_read_that_nobody_wrote()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Sgd(0.1) { ClipNorm = 1 }, new Sgd(0.1) { ClipNorm = 1 });

        for (var step = 0; step < 3; step++)
        {
            pair.Cuda.Poison(float.NaN);
            var samples = pair.Samples(4);
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, samples.Input), pair.Cuda.Infer(ProgramKind.Forward, samples.Input), "outputs");
            pair.Cuda.Poison(float.NaN);
            Assert.Equal(pair.Cpu.TrainStep(samples, cpu), pair.Cuda.TrainStep(samples, cuda), 1e-6);
            pair.Cuda.Poison(float.NaN);
            Assert.Equal(pair.Cpu.Accumulate(samples, first: true), pair.Cuda.Accumulate(samples, first: true), 1e-6);
            Agreement.Of(pair.Cpu.GradientSpan, pair.Cuda.GradientSpan, "gradients");
        }

        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
    }

    /// <summary>Takes so much work area that only 16 samples are worked on at once.</summary>
    private sealed class SpaciousPrograms(NetworkInfo info) : LinearPrograms(info)
    {
        public override CudaProgram? Program(ProgramKind kind) => base.Program(kind) is { } program ? program with { SampleFloats = 1 << 20 } : null;
    }
}
