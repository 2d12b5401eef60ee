using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class PortableMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2.718281828459045)]
    [InlineData(1e-10)]
    [InlineData(0.7071)]
    [InlineData(0.99999)]
    [InlineData(1.4142135623730951)]
    [InlineData(1e300)]
    [InlineData(2.3283064365386963e-10)]
    public void Logarithm_agrees_with_the_platform(double x) =>
        Assert.Equal(Math.Log(x), PortableMath.Log(x), 4e-16 * Math.Max(1, Math.Abs(Math.Log(x))));

    [Fact]
    public void Cosine_agrees_with_the_platform_and_is_exact_at_quarter_turns()
    {
        for (var x = -3.0; x <= 3; x += 0.001)
        {
            Assert.Equal(Math.Cos(Math.PI * x), PortableMath.CosPi(x), 1.5e-15);
        }

        Assert.Equal([1, 0, -1, 0, 1], new[] { 0.0, 0.5, 1, 1.5, 2 }.Select(PortableMath.CosPi));
    }

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(0.9, 1)]
    [InlineData(0.999, 12345)]
    [InlineData(1, 1L << 40)]
    public void Power_agrees_with_the_platform(double x, long exponent) =>
        Assert.Equal(Math.Pow(x, exponent), PortableMath.Power(x, exponent), 1e-12 * Math.Pow(x, exponent));

    /// <summary>Percentage points to 16 digits, from tables of the normal distribution.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(0.000001, -4.7534243088228987)]
    public void Quantiles_of_the_normal_distribution(double probability, double z) =>
        Assert.Equal(z, NormalDistribution.Quantile(probability), 4e-15 * Math.Max(1, Math.Abs(z)));
}
