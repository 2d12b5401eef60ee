using System.Runtime.Intrinsics;
using StaticNet.Execution;
using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.Ptx.Tests;

/// <summary>Functions of one number, over sampled ranges and at their edges.</summary>
public class FunctionTests
{
    private static readonly float[] Edges =
    [
        0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1e-38f, 1.17549435e-38f, 1e-20f, -1e-20f, float.MaxValue, float.MinValue, float.PositiveInfinity,
        float.NegativeInfinity, float.NaN, 88.72283f, 88.72284f, -87.33654f, -87.33655f, -103f, 89f, -20f, 9.02f, -9.02f, 3.93f, -3.93f, 0.5f, 2f / 3, 4f / 3,
        -0.99999994f, -1.0000001f,
    ];

    [Theory]
    [InlineData(UnaryFunction.Exp, 2)]
    [InlineData(UnaryFunction.Expm1, 4)]
    [InlineData(UnaryFunction.Log, 2)]
    [InlineData(UnaryFunction.Log1p, 4)]
    [InlineData(UnaryFunction.Tanh, 4)]
    [InlineData(UnaryFunction.Sigmoid, 4)]
    [InlineData(UnaryFunction.Erf, 4)]
    internal void A_function_is_within_its_bound(UnaryFunction function, int ulps)
    {
        var x = Samples();
        var results = Run(new Unary(function, new Operand(0)), x);
        foreach (var (argument, result) in x.Zip(results))
        {
            var exact = ScalarFunctions.Evaluate(function, argument);
            Assert.True(Distance(exact, result) <= ulps, $"{function}({argument:R}) is {result:R}, not {exact:R}: {Distance(exact, result)} ulp.");
        }
    }

    [Theory]
    [InlineData(UnaryFunction.Exp)]
    [InlineData(UnaryFunction.Expm1)]
    [InlineData(UnaryFunction.Log)]
    [InlineData(UnaryFunction.Log1p)]
    [InlineData(UnaryFunction.Tanh)]
    [InlineData(UnaryFunction.Sigmoid)]
    [InlineData(UnaryFunction.Erf)]
    internal void A_function_has_the_bits_that_it_has_on_the_processor(UnaryFunction function)
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported, "There is no fused multiply-add.");
        var x = Samples();
        var results = Run(new Unary(function, new Operand(0)), x);
        foreach (var (argument, result) in x.Zip(results))
        {
            var v = Vector128.Create(argument);
            var expected = (function switch
            {
                UnaryFunction.Exp => VectorMath.Exp(v),
                UnaryFunction.Expm1 => VectorMath.Expm1(v),
                UnaryFunction.Log => VectorMath.Log(v),
                UnaryFunction.Log1p => VectorMath.Log1p(v),
                UnaryFunction.Tanh => VectorMath.Tanh(v),
                UnaryFunction.Sigmoid => VectorMath.Sigmoid(v),
                _ => VectorMath.Erf(v),
            }).ToScalar();
            Assert.True(
                float.IsNaN(expected) ? float.IsNaN(result) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(result),
                $"{function}({argument:R}) is {result:R}, not {expected:R}.");
        }
    }

    [Theory]
    [InlineData(UnaryFunction.Negate)]
    [InlineData(UnaryFunction.Abs)]
    [InlineData(UnaryFunction.Sign)]
    [InlineData(UnaryFunction.Sqrt)]
    [InlineData(UnaryFunction.ToFloat)]
    internal void An_instruction_is_exact(UnaryFunction function) =>
        AssertExact(new Unary(function, new Operand(0)), x => ScalarFunctions.Evaluate(function, x));

    [Theory]
    [InlineData(BinaryFunction.Add)]
    [InlineData(BinaryFunction.Subtract)]
    [InlineData(BinaryFunction.Multiply)]
    [InlineData(BinaryFunction.Divide)]
    [InlineData(BinaryFunction.Maximum)]
    [InlineData(BinaryFunction.Minimum)]
    internal void An_instruction_with_a_number_is_exact_in_both_orders(BinaryFunction function)
    {
        AssertExact(new Binary(function, new Operand(0), 0.3f), x => ScalarFunctions.Evaluate(function, x, 0.3f));
        AssertExact(new Binary(function, 0.3f, new Operand(0)), x => ScalarFunctions.Evaluate(function, 0.3f, x));
    }

    [Theory]
    [InlineData(Comparison.Less)]
    [InlineData(Comparison.LessOrEqual)]
    [InlineData(Comparison.Equal)]
    [InlineData(Comparison.Greater)]
    [InlineData(Comparison.GreaterOrEqual)]
    internal void A_selection_takes_the_other_side_for_NaN(Comparison comparison) => AssertExact(
        new Select(comparison, new Operand(0), 0.5f, 3, new Operand(0)), x => ScalarFunctions.Holds(comparison, x, 0.5f) ? 3 : x);

    [Fact]
    public void Equal_parts_are_computed_once()
    {
        var (writer, x) = (new PtxWriter(), new Operand(0));
        var root = new Unary(UnaryFunction.Sqrt, x);
        new PtxExpression(writer).Write((root + 1) * root, [writer.Variable(PtxValue.Float(0))], _ => throw new InvalidOperationException());

        Assert.Single(writer.Kernel("k", "", 32).Split('\n'), line => line.Contains("sqrt", StringComparison.Ordinal));
    }

    private static void AssertExact(ScalarExpression body, Func<double, double> exact)
    {
        var x = Samples();
        foreach (var (argument, result) in x.Zip(Run(body, x)))
        {
            var expected = (float)exact(argument);
            Assert.True(float.IsNaN(expected) ? float.IsNaN(result) : expected == result, $"{argument:R} becomes {result:R}, not {expected:R}.");
        }
    }

    /// <summary>Floats of all magnitudes and signs, more of them where functions bend.</summary>
    private static float[] Samples()
    {
        var random = new Random(1);
        return
        [
            .. Edges,
            .. Enumerable.Range(0, 3000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))),
            .. Enumerable.Range(0, 3000).Select(_ => (float)((random.NextDouble() - 0.5) * 200)),
            .. Enumerable.Range(0, 3000).Select(_ => (float)((random.NextDouble() - 0.5) * 12)),
            .. Enumerable.Range(0, 2000).Select(_ => (float)((random.NextDouble() * 2) - 1)),
        ];
    }

    private static float[] Run(ScalarExpression body, float[] x)
    {
        const int threads = 128;
        var writer = new PtxWriter();
        var (from, to) = (writer.AddressParameter("x"), writer.AddressParameter("y"));
        var item = writer.MultiplyAdd(writer.Block('x'), threads, writer.Thread);
        writer.ExitIf(writer.Compare(PtxComparison.GreaterOrEqual, item, writer.Batch));
        var value = writer.LoadGlobal(writer.Address(from, item))[0];
        writer.StoreGlobal(writer.Address(to, item), 0, new PtxExpression(writer).Write(body, [value], _ => throw new InvalidOperationException()));
        var text = $".version 7.4\n.target sm_80\n.address_size 64\n{writer.Kernel("k", GraphText.Of(body), threads)}";
        Assembler.Check(text);

        using var machine = new Machine();
        var (input, output) = (machine.Memory.Allocate<float>(x), machine.Memory.Allocate(4L * x.Length));
        machine.Launch(PtxModule.Parse(text)["k"], (x.Length + threads - 1) / threads, threads, 0, [input, output, (uint)x.Length]);
        return machine.Memory.Read<float>(output, x.Length);
    }

    /// <summary>How many floats lie between; results that would be subnormal may be zero.</summary>
    private static double Distance(double exact, float actual)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        var rounded = (float)exact;
        if (rounded == actual || (actual == 0 && Math.Abs(exact) < 1.17549435e-38))
        {
            return 0;
        }

        var ulp = Math.ScaleB(1, Math.Max(Math.ILogB(exact), -126) - 23);
        return float.IsInfinity(rounded) || float.IsInfinity(actual) ? double.PositiveInfinity : Math.Abs(actual - exact) / ulp;
    }
}
