namespace StaticNet.Tests.Data;

public class FeatureScalingTests
{
    private static readonly Dataset<Shape<N3>, Shape<N1>> s_data = new(
        [1, 10, 7, 2, 20, 7, 3, 60, 7, 99, 99, 99], [0f, 0, 0, 0]);

    [Fact]
    public void Standardizing_uses_the_view_it_is_fitted_to()
    {
        var train = s_data.Take(3);
        var scaling = FeatureScaling.Standardize(train);
        var scaled = scaling.Apply(train);

        Assert.Equal([2, 30, 7], scaling.Offsets);
        var deviation = Math.Sqrt(2.0 / 3);
        Assert.Equal(-1 / deviation, scaled.Inputs[0], 1e-6);
        Assert.Equal(0, scaled.Inputs[3], 1e-6);
        Assert.Equal(30 / Math.Sqrt(1400.0 / 3), scaled.Inputs[7], 1e-6);

        // A constant value carries nothing: it becomes 0 and is not blown up.
        Assert.Equal([0, 0, 0], new[] { scaled.Inputs[2], scaled.Inputs[5], scaled.Inputs[8] });
        Assert.Equal(92, scaling.Apply(s_data).Inputs[11]);
        Assert.Equal(3, scaled.Count);
        Assert.Equal(10, s_data.Inputs[1]);
    }

    [Fact]
    public void Ranges_become_zero_to_one()
    {
        var scaling = FeatureScaling.MinMax(s_data.Take(3));
        float[] sample = [2, 60, 8];
        scaling.Apply(sample);
        Assert.Equal([0.5f, 1, 1], sample);
    }

    [Fact]
    public void Nothing_is_fitted_to_nothing()
    {
        Assert.Throws<ArgumentException>(() => FeatureScaling.Standardize(s_data.Take(0)));
        Assert.Throws<ArgumentException>(() => FeatureScaling.MinMax(s_data).Apply(new float[4]));
    }
}
