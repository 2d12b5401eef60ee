using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>The samples that <see cref="DifferentiateTests"/> checks leave no wrong rule unnoticed.</summary>
public class GradientMutantTests
{
    public static TheoryData<string> Mutants => new(GradientMutants.All.Keys);

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_wrong_rule_is_caught(string name) => Assert.NotNull(CatchingSample(GradientMutants.All[name]));

    [Fact]
    public void The_right_rules_are_not() => Assert.Null(CatchingSample(GradientRules.Default));

    /// <summary>The first sample whose gradients a table of rules gets wrong, or that it makes a malformed graph of.</summary>
    private static string? CatchingSample(GradientRules rules) => SampleScalars.All
        .Select(sample => (sample.Key, Graph: SampleGraphs.Activation(sample.Value)))
        .Concat(SampleGraphs.Outputs.Select(sample => (sample.Key, Graph: sample.Value())))
        .FirstOrDefault(sample => IsWrong(sample.Graph, rules)).Key;

    private static bool IsWrong(Graph graph, GradientRules rules)
    {
        try
        {
            return FiniteDifferences.Disagreement(graph, GradientSeed.Output, rules, batch: 5) is not null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
