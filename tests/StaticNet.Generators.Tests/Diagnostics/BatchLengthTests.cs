using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0012: numbers of constant length that become batches.</summary>
public class BatchLengthTests
{
    private const string Message = "'images' takes whole samples of 2×3 = 6 numbers but gets 8: 8 = 1 × 6 + 2, and 6 or 12 would be right";

    [Theory]
    [InlineData("Take({|SN0012:new float[8]|});")]
    [InlineData("Take({|SN0012:new float[2 * 4]|});")]
    [InlineData("Take({|SN0012:new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }|});")]
    [InlineData("Take({|SN0012:new[] { 1f, 2, 3, 4, 5, 6, 7, 8 }|});")]
    [InlineData("Take({|SN0012:[1, 2, 3, 4, 5, 6, 7, 8]|});")]
    [InlineData("Take({|SN0012:[.. new float[7], 8]|});")]
    [InlineData("var x = new float[8]; Take({|SN0012:x|});")]
    [InlineData("float[] x = [1, 2, 3, 4, 5, 6, 7, 8]; Take({|SN0012:x|});")]
    [InlineData("Span<float> x = stackalloc float[8]; Take({|SN0012:x|});")]
    [InlineData("Span<float> x = stackalloc[] { 1f, 2, 3, 4, 5, 6, 7, 8 }; Take({|SN0012:x|});")]
    [InlineData("Span<float> x = stackalloc float[] { 1, 2, 3, 4, 5, 6, 7, 8 }; Take({|SN0012:x|});")]
    [InlineData("ReadOnlySpan<float> x = new float[8]; Take({|SN0012:x|});")]
    [InlineData("const int Count = 8; Span<float> x = new float[Count]; x[0] = 1; Take({|SN0012:x|});")]
    [InlineData("Take({|SN0012:new float[9].AsSpan(1)|});")]
    [InlineData("Take({|SN0012:new float[8].AsSpan()|});")]
    [InlineData("float[] x = Unknown(); Take({|SN0012:x.AsSpan(3, 8)|});")]
    [InlineData("Span<float> x = Unknown(); Take({|SN0012:x.Slice(3, 8)|});")]
    [InlineData("Span<float> x = Unknown(); Take({|SN0012:x[..8]|});")]
    [InlineData("Span<float> x = Unknown(); Take({|SN0012:x[2..10]|});")]
    [InlineData("float[] x = new float[12]; Take({|SN0012:x[1..^3]|});")]
    [InlineData("float[] x = new float[12]; Take({|SN0012:x[4..]|});")]
    [InlineData("Take({|SN0012:Field|});")]
    [InlineData("Take({|SN0012:StaticField|});")]
    [InlineData("Take(images: {|SN0012:new float[8]|});")]
    public Task A_constant_length_must_be_whole_samples(string statements) => In(statements, Message);

    [Theory]
    [InlineData("Take(new float[0]); Take(new float[6]); Take(new float[12]); Take([]);")]
    [InlineData("Take([1, 2, 3, 4, 5, 6]);")]
    [InlineData("Take(Unknown());")]
    [InlineData("Take(new float[Unknown().Length]);")]
    [InlineData("Take([.. Unknown(), 1]);")]
    [InlineData("var x = new float[8]; x = Unknown(); Take(x);")]
    [InlineData("var x = new float[8]; (x, var y) = (Unknown(), 1); Take(x);")]
    [InlineData("var x = new float[8]; Array.Resize(ref x, 6); Take(x);")]
    [InlineData("Take(Unknown()[..^2]);")]
    [InlineData("Take(Unknown().AsSpan(8));")]
    [InlineData("Take(new float[8].AsSpan(..6));")]
    [InlineData("Take(Changed);")]
    [InlineData("Take(Mutable);")]
    public Task A_length_that_is_right_or_unknown_is_left_alone(string statements) => In(statements);

    [Fact]
    public Task Less_than_a_sample_has_one_remedy() => In(
        "Take({|SN0012:new float[5]|});",
        "'images' takes whole samples of 2×3 = 6 numbers but gets 5: 5 = 0 × 6 + 5, and 6 would be right");

    [Fact]
    public Task What_is_written_to_counts_too() => In(
        "TakeOutput({|SN0012:new float[7]|});",
        "'output' takes whole samples of 4096 numbers but gets 7: 7 = 0 × 4096 + 7, and 4096 would be right");

    [Fact]
    public Task Variables_of_the_batch_type_count_too() => In(
        "ReadOnlyBatch<Shape<N2, N3>> batch = {|SN0012:new float[8]|}; var other = new Batch<Shape<N3>>({|SN0012:new float[4]|}); ReadOnlyBatch<Shape<N3>> same = other;",
        "ReadOnlyBatch takes whole samples of 2×3 = 6 numbers but gets 8: 8 = 1 × 6 + 2, and 6 or 12 would be right",
        "Batch takes whole samples of 3 numbers but gets 4: 4 = 1 × 3 + 1, and 3 or 6 would be right");

    [Fact]
    public Task A_shape_that_is_a_parameter_is_unknown() => AnalyzerRun.Expect<BatchLengthAnalyzer>(
        "class C { ReadOnlyBatch<T> F<T>() where T : struct, IShape => new float[8]; }");

    /// <summary>Statements that compile, and what is said about them.</summary>
    private static Task In(string statements, params string[] messages) => AnalyzerRun.ExpectInValid<BatchLengthAnalyzer>(
        $$"""
        class C
        {
            private readonly float[] Field = new float[8];
            private static readonly float[] StaticField = [1, 2, 3, 4, 5, 6, 7, 8];
            private readonly float[] Changed = new float[8];
            private float[] Mutable = new float[8];

            C() => Changed = new float[6];

            static void Take(ReadOnlyBatch<Shape<N2, N3>> images) { }
            static void TakeOutput(Batch<Shape<N<N4, N96>>> output) { }
            static float[] Unknown() => new float[6];

            void M() { {{statements}} }
        }
        """,
        messages);
}
