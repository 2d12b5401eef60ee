using System.Diagnostics;
using System.Globalization;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>
/// Random graphs through every pass: the first few in every run, and as many as fit into the hours of the environment variable
/// STATICNET_HOURS.
/// </summary>
public class RandomGraphTests
{
    private const int Always = 60;

    [Fact]
    public void Passes_agree_with_differences_and_keep_every_bit()
    {
        var hours = double.Parse(Environment.GetEnvironmentVariable("STATICNET_HOURS") ?? "0", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        for (var seed = 0; seed < Always || watch.Elapsed.TotalHours < hours; seed++)
        {
            var forward = RandomGraphs.Draw(seed);
            IrVerifier.Verify(forward);
            var problem = FiniteDifferences.Disagreement(forward, GradientSeed.Loss, GradientRules.Default);
            Assert.True(problem is null, $"seed {seed}: {problem}");

            var graph = Differentiate.Run(forward, GradientSeed.Loss, inputGradients: true);
            var simplified = Simplify.Run(graph);
            Equivalence.ExpectSameBits(graph, simplified);
            Equivalence.ExpectSameBits(graph, Rematerialize.Run(simplified));
        }
    }
}
