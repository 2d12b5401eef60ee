using System.Runtime.Intrinsics;
using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class FoldTests
{
    [Fact]
    public void Sum_follows_one_tree_at_every_width()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 10_000; trial++)
        {
            var x = Lanes(() => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 6)));
            var expected = Tree(x, (a, b) => a + b);

            Assert.Equal(expected, VectorMath.FoldSum(Vector512.Create(x)));
            Assert.Equal(expected, VectorMath.FoldSum(Vector256.Create(x), Vector256.Create(x, 8)));
            Assert.Equal(expected, VectorMath.FoldSum(
                Vector128.Create(x), Vector128.Create(x, 4), Vector128.Create(x, 8), Vector128.Create(x, 12)));
        }
    }

    [Fact]
    public void Largest_lane_is_found_wherever_it_is()
    {
        for (var lane = 0; lane < 16; lane++)
        {
            var x = Lanes(() => -3f);
            x[lane] = -2f;
            AssertLargest(-2f, x);
        }
    }

    [Fact]
    public void One_NaN_in_any_lane_is_the_largest()
    {
        for (var lane = 0; lane < 16; lane++)
        {
            var x = Lanes(() => float.PositiveInfinity);
            x[lane] = float.NaN;
            AssertLargest(float.NaN, x);
        }
    }

    [Theory]
    [InlineData(1f, 2f, 2f, 1f)]
    [InlineData(-1f, float.NegativeInfinity, -1f, float.NegativeInfinity)]
    [InlineData(float.NaN, 1f, float.NaN, float.NaN)]
    [InlineData(1f, float.NaN, float.NaN, float.NaN)]
    [InlineData(float.NaN, float.NaN, float.NaN, float.NaN)]
    public void Larger_and_smaller_propagate_NaN_from_either_side(float a, float b, float larger, float smaller)
    {
        Assert.Equal(larger, VectorMath.Max(Vector512.Create(a), Vector512.Create(b))[15]);
        Assert.Equal(larger, VectorMath.Max(Vector256.Create(a), Vector256.Create(b))[7]);
        Assert.Equal(larger, VectorMath.Max(Vector128.Create(a), Vector128.Create(b))[3]);
        Assert.Equal(smaller, VectorMath.Min(Vector512.Create(a), Vector512.Create(b))[15]);
        Assert.Equal(smaller, VectorMath.Min(Vector256.Create(a), Vector256.Create(b))[7]);
        Assert.Equal(smaller, VectorMath.Min(Vector128.Create(a), Vector128.Create(b))[3]);
    }

    private static void AssertLargest(float expected, float[] x)
    {
        Assert.Equal(expected, VectorMath.FoldMax(Vector512.Create(x)));
        Assert.Equal(expected, VectorMath.FoldMax(Vector256.Create(x), Vector256.Create(x, 8)));
        Assert.Equal(expected, VectorMath.FoldMax(
            Vector128.Create(x), Vector128.Create(x, 4), Vector128.Create(x, 8), Vector128.Create(x, 12)));
    }

    private static float[] Lanes(Func<float> next) => [.. Enumerable.Range(0, 16).Select(_ => next())];

    // The order of the specification: lane i takes lane i + width/2, then the width halves.
    private static float Tree(float[] lanes, Func<float, float, float> combine)
    {
        var tree = (float[])lanes.Clone();
        for (var width = 8; width > 0; width /= 2)
        {
            for (var i = 0; i < width; i++) tree[i] = combine(tree[i], tree[i + width]);
        }
        return tree[0];
    }
}
