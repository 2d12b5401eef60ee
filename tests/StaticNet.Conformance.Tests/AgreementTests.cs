using Xunit.Sdk;

namespace StaticNet.Conformance.Tests;

public class AgreementTests
{
    private static readonly VectorTensor<double> Expected = new("logits", [2, 3], [1, -4, 0, 2, 3, 0.5]);

    [Fact]
    public void Tensor_agrees_up_to_the_tolerance_of_its_largest_element()
    {
        Agreement.OfTensor<double>(Expected, [1, -4, 0.99 * 4 * 5e-6, 2, 3, 0.5]);
        Assert.Throws<FailException>(() => Agreement.OfTensor<double>(Expected, [1, -4, 1.01 * 4 * 5e-6, 2, 3, 0.5]));
    }

    [Fact]
    public void Failure_names_tensor_position_and_both_values()
    {
        var failure = Assert.Throws<FailException>(() => Agreement.OfTensor<float>(Expected, [1.001f, -4, 0, 2, 3.25f, 0.5f]));
        Assert.Contains("logits: worst at [1, 1]: 3.25 instead of 3;", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_of_zeros_agrees_only_with_zeros()
    {
        var zeros = new VectorTensor<double>("zeros", [2], [0, 0]);
        Agreement.OfTensor<float>(zeros, [0, -0f]);
        Assert.Throws<FailException>(() => Agreement.OfTensor<float>(zeros, [0, 1e-30f]));
    }

    [Theory]
    [InlineData(double.NaN, 1f)]
    [InlineData(1.0, float.NaN)]
    [InlineData(double.PositiveInfinity, float.NegativeInfinity)]
    [InlineData(1.0, float.PositiveInfinity)]
    public void Values_that_are_not_finite_agree_only_with_themselves(double expected, float actual)
    {
        var tensor = new VectorTensor<double>("edge", [2], [expected, 1]);
        Agreement.OfTensor<float>(tensor, [(float)expected, 1]);
        Assert.Throws<FailException>(() => Agreement.OfTensor<float>(tensor, [actual, 1]));
        Assert.Throws<FailException>(() => Agreement.OfPoints<float>(tensor, [actual, 1]));
    }

    [Fact]
    public void Lengths_must_be_equal() =>
        Assert.Throws<FailException>(() => Agreement.OfTensor<float>(Expected, [1, -4, 0, 2, 3]));

    [Fact]
    public void Points_are_measured_one_by_one()
    {
        var points = new VectorTensor<double>("points", [2], [0.25, 1e6]);
        Agreement.OfPoints<double>(points, [0.25 + 1e-6, 1e6 + 0.9]);
        Assert.Throws<FailException>(() => Agreement.OfPoints<double>(points, [0.25 + 2e-6, 1e6]));
    }

    [Fact]
    public void Step_is_measured_by_its_update()
    {
        var before = new VectorTensor<double>("before", [2], [0.5, -0.25]);
        var after = new VectorTensor<double>("after", [2], [0.5 + 0.001, -0.25 - 0.0005]);
        Agreement.OfStep(before, after, [0.5f, -0.25f], [(float)(0.5 + 0.001), (float)(-0.25 - 0.0005)]);
        Assert.Throws<FailException>(() =>
            Agreement.OfStep(before, after, [0.5f, -0.25f], [(float)(0.5 + 0.001), (float)(-0.25 - 0.0005 + 1e-7)]));
    }

    [Fact]
    public void Training_is_measured_by_the_distance_it_went()
    {
        var initial = new VectorTensor<double>("initial", [2], [3, 4]);
        var update = new VectorTensor<double>("updates/dense1.weight", [2], [0.03, 0.04]);
        Agreement.OfTraining(initial, update, [3.03f, 4.04f + 0.9e-5f]);
        var failure = Assert.Throws<FailException>(() => Agreement.OfTraining(initial, update, [3.03f, 4.04f + 1.2e-5f]));
        Assert.Contains("updates/dense1.weight", failure.Message, StringComparison.Ordinal);
        Assert.Throws<FailException>(() => Agreement.OfTraining(initial, update, [3.03f, float.NaN]));
    }

    [Fact]
    public void Difference_needs_equal_sizes()
    {
        var initial = new VectorTensor<double>("initial", [2], [3, 4]);
        Assert.Equal([-2, -3], new VectorTensor<double>("last", [2], [1, 1]).Minus(initial).Values);
        Assert.Throws<ArgumentException>(() => Expected.Minus(initial));
    }
}
