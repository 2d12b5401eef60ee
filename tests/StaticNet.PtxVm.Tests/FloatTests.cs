namespace StaticNet.PtxVm.Tests;

public class FloatTests
{
    private const float NaN = float.NaN;

    [Theory]
    [InlineData("add.f32 %d, %a, %b;", 1, 2, 3)]
    [InlineData("sub.rn.f32 %d, %a, %b;", 1, 2, -1)]
    [InlineData("mul.f32 %d, %a, 0f40000000;", 1.5f, 0, 3)]
    [InlineData("div.rn.f32 %d, %a, %b;", 1, 3, 1f / 3)]
    [InlineData("rcp.rn.f32 %d, %a;", 3, 0, 1f / 3)]
    [InlineData("sqrt.rn.f32 %d, %a;", 2, 0, 1.41421354f)]
    [InlineData("fma.rn.f32 %d, %a, %b, %c;", 3, 4, 12)]
    [InlineData("abs.f32 %d, %a;", -2, 0, 2)]
    [InlineData("neg.f32 %d, %a;", -2, 0, 2)]
    [InlineData("copysign.f32 %d, %a, %b;", -2, 3, -3)]
    [InlineData("min.f32 %d, %a, %b;", NaN, 3, 3)]
    [InlineData("max.f32 %d, %a, %b;", 2, NaN, 2)]
    [InlineData("max.NaN.f32 %d, %a, %b;", 2, NaN, NaN)]
    [InlineData("min.NaN.f32 %d, %a, %b;", NaN, 2, NaN)]
    [InlineData("setp.lt.f32 %p, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p;", NaN, 1, 0)]
    [InlineData("setp.ltu.f32 %p, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p;", NaN, 1, 1)]
    [InlineData("setp.ne.f32 %p, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p;", NaN, 1, 0)]
    [InlineData("setp.nan.f32 %p, %a, %b; selp.f32 %d, 0f3F800000, 0f00000000, %p;", NaN, 1, 1)]
    [InlineData("cvt.rni.f32.f32 %d, %a;", 2.5f, 0, 2)]
    [InlineData("cvt.rzi.f32.f32 %d, %a;", -2.5f, 0, -2)]
    [InlineData("cvt.rmi.f32.f32 %d, %a;", -2.5f, 0, -3)]
    [InlineData("cvt.rpi.f32.f32 %d, %a;", -2.5f, 0, -2)]
    [InlineData("cvt.rzi.s32.f32 %t, %a; cvt.rn.f32.s32 %d, %t;", -2.9f, 0, -2)]
    [InlineData("cvt.rni.s32.f32 %t, %a; cvt.rn.f32.s32 %d, %t;", 3e9f, 0, 2147483648f)]
    [InlineData("cvt.rzi.u32.f32 %t, %a; cvt.rn.f32.u32 %d, %t;", -5, 0, 0)]
    [InlineData("cvt.rzi.s32.f32 %t, %a; cvt.rn.f32.s32 %d, %t;", NaN, 0, 0)]
    [InlineData("cvt.f64.f32 %w, %a; add.f64 %w, %w, 0d3FF0000000000000; cvt.rn.f32.f64 %d, %w;", 0.5f, 0, 1.5f)]
    [InlineData("cvt.rn.f16.f32 %h0, %a; cvt.f32.f16 %d, %h0;", 1.00048828125f, 0, 1f)] // half an ulp above 1: to even
    [InlineData("cvt.rn.bf16.f32 %h0, %a; cvt.u32.u16 %d, %h0; shl.b32 %d, %d, 16;", 1.01171875f, 0, 1.015625f)] // 1 + 3/256: to even
    [InlineData("cvt.rn.bf16x2.f32 %d, %a, %b; and.b32 %d, %d, 0xFFFF0000;", 1.00390625f, 7, 1f)] // the first operand is above
    [InlineData("cvt.rn.relu.bf16x2.f32 %d, %a, %b; shl.b32 %d, %d, 16;", 7, -1, 0)]
    [InlineData("cvt.rna.tf32.f32 %d, %a;", 1.00048828125f, 0, 1.0009765625f)] // half an ulp: away from zero
    public void Instruction_gives(string text, float a, float b, float expected) => Assert.Equal([expected], Ptx.RunFloats(text, [a], [b]));

    [Fact]
    public void Fused_multiply_add_rounds_once() =>
        Assert.Equal([MathF.ScaleB(1, -46)], Ptx.RunFloats("fma.rn.f32 %d, %a, %a, %c;", [1 + MathF.ScaleB(1, -23)], null, [-(1 + MathF.ScaleB(1, -22))]));

    [Theory]
    [InlineData("ex2.approx.f32", -3.7f, 0.07694652616)]
    [InlineData("lg2.approx.f32", 10f, 3.32192809)]
    [InlineData("rcp.approx.f32", 3f, 0.33333333333)]
    [InlineData("rsqrt.approx.f32", 2f, 0.70710678118)]
    [InlineData("sqrt.approx.f32", 2f, 1.41421356237)]
    [InlineData("sin.approx.f32", 1f, 0.8414709848)]
    [InlineData("cos.approx.f32", 1f, 0.54030230586)]
    [InlineData("tanh.approx.f32", 0.5f, 0.46211715726, 5e-4)]
    public void Approximation_is_within_its_bound_and_not_exact(string instruction, float x, double exact, double bound = 1e-6)
    {
        var steps = Enumerable.Range(0, 32).Select(step => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) + (uint)step)).ToArray();

        var values = Ptx.RunFloats($"{instruction} %d, %a;", steps);

        Assert.Equal(exact, values[0], bound * Math.Max(1, Math.Abs(exact)));
        // A step of the operand is smaller than the error: what the function gives is not monotonous.
        Assert.False(values.SequenceEqual(values.Order()) || values.SequenceEqual(values.OrderDescending()));
    }

    [Theory]
    [InlineData("ex2.approx.f32", float.NegativeInfinity, 0)]
    [InlineData("ex2.approx.f32", 0, 1)]
    [InlineData("lg2.approx.f32", 0, float.NegativeInfinity)]
    [InlineData("rcp.approx.f32", 0, float.PositiveInfinity)]
    [InlineData("rsqrt.approx.f32", -1, NaN)]
    public void Approximation_of_special_values_is_exact(string instruction, float x, float expected) =>
        Assert.Equal([expected], Ptx.RunFloats($"{instruction} %d, %a;", [x]));
}
