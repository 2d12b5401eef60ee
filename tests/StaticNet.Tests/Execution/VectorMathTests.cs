namespace StaticNet.Tests.Execution;

/// <summary>
/// Accuracy of the elementary functions against double precision: at about a million floats of every sign and exponent, or at
/// all 2³² with STATICNET_EXHAUSTIVE=1.
/// </summary>
public class VectorMathTests
{
    // A prime stride over the bit patterns reaches every exponent with ever different mantissas.
    private static readonly uint Stride = Environment.GetEnvironmentVariable("STATICNET_EXHAUSTIVE") == "1" ? 1u : 4099u;

    public static TheoryData<string> Functions => [.. ElementaryFunction.All.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Error_stays_within_its_bound(string name)
    {
        var function = ElementaryFunction.All[name];
        var worst = (Error: 0.0, Argument: 0f);
        var gate = new Lock();
        Parallel.For(0, 256, new ParallelOptions { MaxDegreeOfParallelism = Stride == 1 ? -1 : 1 }, block =>
        {
            var found = WorstOf(function, (ulong)block << 24, (ulong)(block + 1) << 24);
            lock (gate) worst = found.Error > worst.Error ? found : worst;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst.Error:F3} ulp at {worst.Argument:R}");
        Assert.True(worst.Error <= function.Bound, $"{name}({worst.Argument:R}) is off by {worst.Error} ulp");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Bits_are_the_same_at_every_width(string name)
    {
        Assert.SkipUnless(ElementaryFunction.FusesAtEveryWidth, "Without FMA hardware the 128-bit code multiplies, then adds.");
        var function = ElementaryFunction.All[name];
        var x = new float[16];
        for (ulong start = 0; start <= uint.MaxValue; start += 16 * (ulong)Stride)
        {
            Fill(x, start);
            var wide = function.Evaluate512(x);
            Assert.Equal(Bits(wide), Bits(function.Evaluate256(x)));
            Assert.Equal(Bits(wide), Bits(function.Evaluate128(x)));
        }
    }

    [Theory]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Exp", 88.722839f, float.PositiveInfinity)]
    [InlineData("Exp", -87.33655f, 0f)]
    [InlineData("Expm1", float.NegativeInfinity, -1f)]
    [InlineData("Expm1", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Expm1", 0f, 0f)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log", -1f, float.NaN)]
    [InlineData("Log", -float.Epsilon, float.NaN)]
    [InlineData("Log", float.NegativeInfinity, float.NaN)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log1p", 0f, 0f)]
    [InlineData("Log1p", -1f, float.NegativeInfinity)]
    [InlineData("Log1p", -1.0000001f, float.NaN)]
    [InlineData("Log1p", float.NegativeInfinity, float.NaN)]
    [InlineData("Log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Tanh", 0f, 0f)]
    [InlineData("Tanh", 10f, 1f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", -87.33655f, 0f)]
    [InlineData("Erf", 0f, 0f)]
    [InlineData("Erf", float.PositiveInfinity, 1f)]
    [InlineData("Erf", float.NegativeInfinity, -1f)]
    public void Special_values_are_exact(string name, float x, float expected)
    {
        var function = ElementaryFunction.All[name];
        float[] lanes = [.. Enumerable.Repeat(x, 16)];
        foreach (var y in (float[][])[function.Evaluate512(lanes), function.Evaluate256(lanes), function.Evaluate128(lanes)])
        {
            if (float.IsNaN(expected)) Assert.All(y, v => Assert.True(float.IsNaN(v)));
            else Assert.All(y, v => Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(v)));
        }
    }

    [Theory]
    [InlineData("Expm1")]
    [InlineData("Log1p")]
    [InlineData("Tanh")]
    [InlineData("Erf")]
    public void Functions_through_the_origin_keep_the_sign_of_zero(string name)
    {
        var function = ElementaryFunction.All[name];
        float[] zeros = [.. Enumerable.Repeat(-0f, 16)];
        Assert.Equal(Bits(zeros), Bits(function.Evaluate512(zeros)));
        Assert.Equal(Bits(zeros), Bits(function.Evaluate256(zeros)));
        Assert.Equal(Bits(zeros), Bits(function.Evaluate128(zeros)));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void NaN_of_any_payload_propagates(string name)
    {
        var function = ElementaryFunction.All[name];
        var x = new float[16];
        for (var i = 0; i < 16; i++)
            x[i] = BitConverter.Int32BitsToSingle((i % 2 == 0 ? 0x7f800000 : unchecked((int)0xff800000)) | (1 << i) | (i << 18));

        Assert.All(function.Evaluate512(x), v => Assert.True(float.IsNaN(v)));
        Assert.All(function.Evaluate256(x), v => Assert.True(float.IsNaN(v)));
        Assert.All(function.Evaluate128(x), v => Assert.True(float.IsNaN(v)));
    }

    private static (double Error, float Argument) WorstOf(ElementaryFunction function, ulong from, ulong to)
    {
        var worst = (Error: 0.0, Argument: 0f);
        var x = new float[16];
        var first = (from + Stride - 1) / Stride * Stride;
        for (var start = first; start < to; start += 16 * (ulong)Stride)
        {
            Fill(x, start);
            var y = function.Evaluate(x);
            for (var i = 0; i < 16; i++)
            {
                var error = function.UlpsOff(x[i], y[i]);
                if (error > worst.Error) worst = (error, x[i]);
            }
        }
        return worst;
    }

    private static void Fill(float[] x, ulong start)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(start + ((ulong)i * Stride), uint.MaxValue));
    }

    private static int[] Bits(float[] x) => [.. x.Select(BitConverter.SingleToInt32Bits)];
}
