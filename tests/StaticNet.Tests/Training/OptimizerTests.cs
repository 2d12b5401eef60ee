using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using StaticNet.Execution;

namespace StaticNet.Tests.Training;

public class OptimizerTests
{
    private const int Inputs = 37;
    private const int Outputs = 21;

    public static TheoryData<string> Names => [.. s_makers.Keys];

    private static readonly Dictionary<string, (Func<Optimizer> Make, Reference Reference)> s_makers = new()
    {
        ["Sgd"] = (() => new Sgd(0.1), OptimizerReferences.Sgd(0.1)),
        ["Sgd, decay"] = (() => new Sgd(0.1, weightDecay: 0.01), OptimizerReferences.Sgd(0.1, decay: 0.01)),
        ["Momentum"] = (() => new Sgd(0.1, 0.9), OptimizerReferences.Sgd(0.1, 0.9)),
        ["Nesterov, decay"] = (() => new Sgd(0.1, 0.9, true, 0.01), OptimizerReferences.Sgd(0.1, 0.9, true, 0.01)),
        ["Adagrad"] = (() => new Adagrad(0.1, 0.05, 0.01), OptimizerReferences.Adagrad(0.1, 0.05, 0.01)),
        ["RmsProp"] = (() => new RmsProp(0.01), OptimizerReferences.RmsProp(0.01)),
        ["RmsProp, momentum, decay"] = (() => new RmsProp(0.01, momentum: 0.9, weightDecay: 0.01), OptimizerReferences.RmsProp(0.01, 0.9, 0.01)),
        ["Adam"] = (() => new Adam(0.01), OptimizerReferences.Adam(0.01)),
        ["Adam, decay"] = (() => new Adam(0.01, weightDecay: 0.1), OptimizerReferences.Adam(0.01, 0.1)),
        ["AdamW"] = (() => new AdamW(0.01, weightDecay: 0.1), OptimizerReferences.Adam(0.01, 0.1, apart: true)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_from_given_state_follows_the_formula(string name)
    {
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(LinearNetwork.Describe(Inputs, Outputs, classes: false));
        var optimizer = s_makers[name].Make();
        for (var step = 1; step <= 10; step++)
        {
            var gradient = Gradient(network.Core, step);
            optimizer.Attach(network.Core);
            var before = Doubles(network.Core.ParameterSpan);
            var statesBefore = States(optimizer, network.Core.Info);
            network.Core.Step(optimizer);

            var expected = before.ToArray();
            var states = statesBefore.Select(state => state.ToArray()).ToArray();
            s_makers[name].Reference(expected, states, gradient, step);
            var update = Largest(expected, before);
            var tolerance = (1e-6 * update) + (1.2e-7 * expected.Max(Math.Abs));
            Assert.InRange(Largest(expected, Doubles(network.Core.ParameterSpan)), 0, tolerance);

            var actualStates = States(optimizer, network.Core.Info);
            for (var s = 0; s < states.Length; s++)
            {
                Assert.InRange(Largest(states[s], actualStates[s]), 0, 3e-7 * states[s].Max(Math.Abs));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_stays_exactly_zero(string name)
    {
        var info = LinearNetwork.Describe(Inputs, Outputs, classes: false, l1: 0.1, l2: 0.1);
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(info);
        var optimizer = s_makers[name].Make();
        for (var step = 1; step <= 3; step++)
        {
            Gradient(network.Core, step);
            network.Core.Step(optimizer);
        }

        AssertPaddingIsZero(info, network.Core.ParameterSpan);
        for (var i = 0; i < optimizer.StateNames.Length; i++)
        {
            AssertPaddingIsZero(info, Span(optimizer.State(i), info));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Chunks_and_threads_do_not_change_a_bit(string name)
    {
        var info = LinearNetwork.Describe(1000, 70, classes: false, l1: 0.01, l2: 0.02);
        var whole = Run(threads: 1, pieces: false);
        Assert.Equal(whole, Run(threads: 3, pieces: false));
        Assert.Equal(whole, Run(threads: 1, pieces: true));

        int[] Run(int threads, bool pieces)
        {
            using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(info);
            network.Core.Threads = threads;
            var optimizer = s_makers[name].Make();
            for (var step = 1; step <= 3; step++)
            {
                Gradient(network.Core, step);
                if (!pieces)
                {
                    network.Core.Step(optimizer);
                    continue;
                }

                optimizer.Attach(network.Core);
                optimizer.BeginStep();
                foreach (var parameter in info.Parameters)
                {
                    for (var offset = 0L; offset < parameter.Layout.Length; offset += 48)
                    {
                        var at = parameter.Offset + offset;
                        var length = (int)Math.Min(48, parameter.Layout.Length - offset);
                        optimizer.Apply(at, length, network.Core.GradientAddress + (nint)(at * sizeof(float)));
                    }
                }
            }

            return [.. network.Core.ParameterSpan.ToArray().Select(BitConverter.SingleToInt32Bits)];
        }
    }

    /// <summary>The bits that this machine and width give must be those of every other: leaves of the build run this at each width.</summary>
    [Theory]
    [InlineData("Sgd, decay", 2824273827u)]
    [InlineData("Momentum", 2134044249u)]
    [InlineData("Nesterov, decay", 3658743814u)]
    [InlineData("Adagrad", 4140085048u)]
    [InlineData("RmsProp", 3124831713u)]
    [InlineData("RmsProp, momentum, decay", 1295249790u)]
    [InlineData("Adam, decay", 1754492077u)]
    [InlineData("AdamW", 2089010853u)]
    public void Bits_are_the_same_at_every_vector_width(string name, uint checksum) =>
        Assert.Equal(checksum, Checksum(s_makers[name].Make()));

    [Fact]
    public void Norm_has_the_same_bits_at_every_vector_width() => Assert.Equal(4109062897u, Checksum(new Sgd(0.1) { ClipNorm = 1.2345 }));

    private static uint Checksum(Optimizer optimizer)
    {
        Assert.SkipUnless(Fma.IsSupported || AdvSimd.IsSupported, "Without fused multiply-add the last bits differ.");
        var info = LinearNetwork.Describe(100, 70, classes: false, l1: 0.01, l2: 0.02);
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(info);
        Gradient(network.Core, 100);
        network.Core.GradientSpan.CopyTo(network.Core.ParameterSpan);
        for (var step = 1; step <= 5; step++)
        {
            Gradient(network.Core, step);
            network.Core.Step(optimizer);
        }

        var hash = 2166136261u;
        foreach (var value in network.Core.ParameterSpan)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 16777619;
        }

        return hash;
    }

    [Fact]
    public void Penalties_add_their_derivatives()
    {
        var info = LinearNetwork.Describe(Inputs, Outputs, classes: false, l1: 0.3, l2: 0.2);
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(info);
        var before = network.Core.ParameterSpan.ToArray();
        before[0] = network.Core.ParameterSpan[0] = 0;
        network.Core.GradientSpan.Clear();

        network.Core.Step(new Sgd(1));

        var after = network.Core.ParameterSpan;
        for (var i = 0; i < after.Length; i++)
        {
            var regularised = i < info.Parameters[1].Offset;
            var expected = regularised ? before[i] - (0.3 * Math.Sign(before[i])) - (0.4 * before[i]) : before[i];
            Assert.Equal(expected, after[i], 1e-6);
        }
    }

    [Fact]
    public void Values_are_clipped_and_NaN_is_not_hidden()
    {
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(LinearNetwork.Describe(Inputs, Outputs, classes: false));
        network.Core.ParameterSpan.Clear();
        float[] gradient = [0.25f, 3, -3, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        gradient.CopyTo(network.Core.GradientSpan);

        network.Core.Step(new Sgd(1) { ClipValue = 0.5 });

        Assert.Equal([-0.25f, -0.5f, 0.5f, -0.5f, 0.5f, float.NaN], network.Core.ParameterSpan[..6]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Norm_is_clipped_as_PyTorch_does(int threads)
    {
        var info = LinearNetwork.Describe(1000, 70, classes: false, l2: 0.05);
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(info);
        network.Core.Threads = threads;
        var before = network.Core.ParameterSpan.ToArray();
        var gradient = Gradient(network.Core, 1);
        for (var i = 0; i < info.Parameters[1].Offset; i++)
        {
            gradient[i] += 0.1 * before[i];
        }

        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        network.Core.Step(new Sgd(1) { ClipNorm = norm / 3 });

        var scale = norm / 3 / (norm + 1e-6);
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] - (scale * gradient[i]), network.Core.ParameterSpan[i], 1e-6);
        }

        before = network.Core.ParameterSpan.ToArray();
        network.Core.GradientSpan.Clear();
        network.Core.GradientSpan[^16] = 1;
        network.Core.ParameterSpan[..(int)info.Parameters[1].Offset].Clear();
        network.Core.Step(new Sgd(1) { ClipNorm = 1.5 });
        Assert.Equal(before[^16] - 1, network.Core.ParameterSpan[^16]);
    }

    [Fact]
    public void NaN_in_one_gradient_leaves_padding_zero_under_clipping_by_norm()
    {
        var info = LinearNetwork.Describe(Inputs, Outputs, classes: false);
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(info);
        Gradient(network.Core, 1);
        network.Core.GradientSpan[3] = float.NaN;

        network.Core.Step(new Adam { ClipNorm = 1 });

        Assert.True(float.IsNaN(network.Core.ParameterSpan[3]));
        AssertPaddingIsZero(info, network.Core.ParameterSpan);
    }

    [Fact]
    public void Vanishing_moments_become_zero()
    {
        using var network = new LinearNetwork<Shape<N1>, Shape<N1>>(LinearNetwork.Describe(Inputs, Outputs, classes: false));
        var optimizer = new Adam();
        network.Core.GradientSpan[0] = 1e-15f;
        network.Core.GradientSpan[1] = 1e-37f;
        network.Core.Step(optimizer);
        Assert.Equal([1e-16f, 0], Span(optimizer.State(0), network.Core.Info)[..2].ToArray(), new Close(1e-6f));
        Assert.Equal([1e-33f, 0], Span(optimizer.State(1), network.Core.Info)[..2].ToArray(), new Close(1e-4f));
    }

    [Fact]
    public void Optimizer_serves_one_network()
    {
        using var first = new LinearNetwork<Shape<N1>, Shape<N1>>(LinearNetwork.Describe(Inputs, Outputs, classes: false));
        using var second = new LinearNetwork<Shape<N1>, Shape<N1>>(LinearNetwork.Describe(Inputs, Outputs, classes: false));
        var optimizer = new Sgd(0.1);
        first.Core.Step(optimizer);
        var before = second.Core.ParameterSpan.ToArray();

        var error = Assert.Throws<InvalidOperationException>(() => second.Core.Step(optimizer));

        Assert.Contains("Linear", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, second.Core.ParameterSpan);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, 1));
        Assert.Throws<ArgumentException>(() => new Sgd(1, 0, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, weightDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(epsilon: 1e-60));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(smoothing: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(learningRateDecay: double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { ClipNorm = 0 });
        Assert.Throws<ArgumentException>(() => new Sgd(1) { ClipNorm = 1, ClipValue = 1 });
        var optimizer = new Sgd(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = double.PositiveInfinity);
        Assert.Equal(1, optimizer.LearningRate);
    }

    /// <summary>Puts a gradient of many magnitudes into the arena, zero in the padding, and gives it back in double precision.</summary>
    private static double[] Gradient(NetworkCore core, int step)
    {
        core.GradientSpan.Clear();
        foreach (var parameter in core.Info.Parameters)
        {
            for (var row = 0; row < parameter.Layout.Rows; row++)
            {
                for (var column = 0; column < parameter.Layout.Columns; column++)
                {
                    var n = (row * 7919) + (column * 104729) + (step * 1299709);
                    var value = ((n % 2003) - 1001) / 1001f * ((n % 3) switch { 0 => 1f, 1 => 0.01f, _ => 1e-4f });
                    core.GradientSpan[(int)(parameter.Offset + parameter.Layout.Index(row, column))] = value;
                }
            }
        }

        return Doubles(core.GradientSpan);
    }

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];

    private static double[][] States(Optimizer optimizer, NetworkInfo info) =>
        [.. Enumerable.Range(0, optimizer.StateNames.Length).Select(i => Doubles(Span(optimizer.State(i), info)))];

    private static double Largest(double[] x, double[] y) => x.Zip(y, (a, b) => Math.Abs(a - b)).Max();

    private static void AssertPaddingIsZero(NetworkInfo info, ReadOnlySpan<float> arena)
    {
        var padding = Enumerable.Repeat(true, arena.Length).ToArray();
        foreach (var parameter in info.Parameters)
        {
            for (var row = 0; row < parameter.Layout.Rows; row++)
            {
                for (var column = 0; column < parameter.Layout.Columns; column++)
                {
                    padding[parameter.Offset + parameter.Layout.Index(row, column)] = false;
                }
            }
        }

        Assert.Contains(true, padding);
        for (var i = 0; i < arena.Length; i++)
        {
            Assert.True(!padding[i] || BitConverter.SingleToInt32Bits(arena[i]) == 0, $"padding {i} is {arena[i]}");
        }
    }

    private static unsafe Span<float> Span(nint arena, NetworkInfo info) => new((void*)arena, (int)info.ParameterFloats);

    private sealed class Close(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance * Math.Abs(x);

        public int GetHashCode(float obj) => 0;
    }
}
