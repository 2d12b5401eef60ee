using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class InitializationTests
{
    [Theory]
    [InlineData(InitializerKind.GlorotUniform, 6.0 / 500, true)]
    [InlineData(InitializerKind.GlorotNormal, 2.0 / 500, false)]
    [InlineData(InitializerKind.HeUniform, 6.0 / 300, true)]
    [InlineData(InitializerKind.HeNormal, 2.0 / 300, false)]
    [InlineData(InitializerKind.LecunUniform, 3.0 / 300, true)]
    [InlineData(InitializerKind.LecunNormal, 1.0 / 300, false)]
    public void Distribution_has_the_spread_of_its_definition(InitializerKind kind, double square, bool uniform)
    {
        var values = Run(Matrix(200, 300, kind), seed: 7);
        var variance = uniform ? square / 3 : square;

        Assert.Equal(0, values.Average(), 4 * Math.Sqrt(variance / values.Length));
        Assert.Equal(variance, values.Average(value => value * value), 0.03 * variance);
        var largest = values.Max(Math.Abs);
        var bound = Math.Sqrt(square);
        Assert.InRange(largest, uniform ? 0.999 * bound : 3.5 * bound, uniform ? bound : 6.5 * bound);

        // The fourth moment tells the distributions apart: 9/5 for a uniform one, 3 for a normal one.
        var kurtosis = values.Average(value => Math.Pow(value, 4)) / (variance * variance);
        Assert.Equal(uniform ? 1.8 : 3, kurtosis, 0.12);
    }

    [Fact]
    public void Value_depends_on_the_logical_place_alone()
    {
        var panels = Run(Matrix(37, 5, InitializerKind.HeNormal), seed: 3);
        var vector = new ParameterInfo("v", [37, 5], 0, ParameterLayout.Vector(37 * 5))
        {
            Initializer = InitializerKind.HeNormal,
            FanIn = 300,
            FanOut = 200,
        };

        Assert.Equal(panels, Run(vector, seed: 3));
        Assert.NotEqual(panels, Run(vector, seed: 4));
        Assert.Equal(panels.Length, panels.Distinct().Count());
    }

    [Fact]
    public void First_values_are_those_of_every_machine() => Assert.Equal(
        [0x3c1448bcu, 0xbd0f6d8c, 0x3d4beb5f, 0xbd8038b7, 0x3cb7b4a9],
        Run(Matrix(1, 5, InitializerKind.GlorotNormal), seed: 1).Select(BitConverter.SingleToUInt32Bits));

    [Fact]
    public void Parameters_of_a_network_differ_and_constants_leave_padding_zero()
    {
        ParameterInfo first = Matrix(3, 4, InitializerKind.HeUniform);
        var second = first with { Name = "second", Offset = first.Layout.Length };
        var third = new ParameterInfo("bias", [3], 2 * first.Layout.Length, ParameterLayout.Vector(3))
        {
            Initializer = InitializerKind.Constant,
            InitialValue = 0.5,
        };
        using var arena = new AlignedMemory((2 * first.Layout.Length) + third.Layout.Length);

        Initialization.Run(Info(first, second, third), 1, arena.Address);

        var length = (int)first.Layout.Length;
        Assert.NotEqual(arena.Span[..length].ToArray(), arena.Span.Slice(length, length).ToArray());
        Assert.Equal(12, arena.Span[..length].ToArray().Count(value => value != 0));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], arena.Span[^16..]);
    }

    private static ParameterInfo Matrix(int outputs, int inputs, InitializerKind kind) =>
        new("w", [outputs, inputs], 0, ParameterLayout.Matrix(outputs, inputs)) { Initializer = kind, FanIn = 300, FanOut = 200 };

    /// <summary>The values in PyTorch's order.</summary>
    private static float[] Run(ParameterInfo parameter, int seed)
    {
        using var arena = new AlignedMemory(parameter.Layout.Length);
        Initialization.Run(Info(parameter), seed, arena.Address);
        var values = new float[parameter.Size];
        StoredTensor.Of(Info(parameter), arena.Address).Single().CopyTo(values);
        return values;
    }

    private static NetworkInfo Info(params ParameterInfo[] parameters) =>
        new() { Name = "Test", InputSizes = [1], OutputSize = 1, Parameters = parameters, Layers = [] };
}
