using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>What gradients look like once simplified: that is what gets compiled.</summary>
public class GradientFormTests
{
    /// <summary>The gradient is <c>a</c> or <c>b</c> by first use, the other one is the activation's value; what went into it is not read.</summary>
    [Theory]
    [InlineData("relu", "a > 0 ? b : 0")]
    [InlineData("relu6", "a < 6 ? (a > 0 ? b : 0) : 0")]
    [InlineData("leaky relu", "a > 0 ? b : (b * 0.01)")]
    [InlineData("elu", "a > 0 ? b : (b * (a + 0.7))")]
    [InlineData("selu", "a > 0 ? (b * 1.0507) : (b * (a + 1.75813631))")]
    [InlineData("tanh", "a * (1 - (b * b))")]
    [InlineData("sigmoid", "a * (b * (1 - b))")]
    [InlineData("exp", "a * b")]
    [InlineData("expm1", "a * (b + 1)")]
    public void Activations_need_only_their_value(string name, string expected)
    {
        var graph = Simplify.Run(Differentiate.Run(SampleGraphs.Activation(SampleScalars.All[name]), GradientSeed.Output));
        var gradient = graph[Differentiate.GradientOf("a.weight")].Operands[0];
        Assert.Equal($"map {expected}", GraphText.Of(gradient.Operation));
        Assert.Equal([graph["output"], graph.Inputs.Last()], gradient.Operands.OrderBy(o => o.Id));
    }

    [Theory]
    [InlineData("softplus", "a * sigmoid(b)")]
    [InlineData("choice by another function", "(a * a) >= 1 ? ((((b * a) * a) * 2) + (b * (a * a))) : 0")]
    public void Derivatives_are_short(string name, string expected)
    {
        var graph = Simplify.Run(Differentiate.Run(SampleGraphs.Activation(SampleScalars.All[name]), GradientSeed.Output));
        Assert.Equal($"map {expected}", GraphText.Of(graph[Differentiate.GradientOf("a.weight")].Operands[0].Operation));
    }

    [Theory]
    [InlineData("softmax cross-entropy", "map a / b", "map (i1 == a ? -b : 0) + (c * d)")]
    [InlineData("mean squared error", "map a * b")]
    [InlineData("sum", "map a > 0 ? b : 0")]
    public void Losses_start_from_the_forward_values(string name, params string[] expected)
    {
        var graph = Simplify.Run(Differentiate.Run(SampleGraphs.Losses[name](), GradientSeed.Loss));
        var backward = graph.Nodes.Skip(graph["loss"].Id + 1).Where(node => node.Operation is MapOperation);
        Assert.Equal(expected, backward.Select(node => GraphText.Of(node.Operation)));
    }

    [Fact]
    public void The_first_layer_makes_no_gradient_of_its_input_unless_asked()
    {
        var forward = SampleGraphs.Outputs["dense"]();
        Assert.Equal(1, Contractions(Differentiate.Run(forward, GradientSeed.Output)) - Contractions(forward));
        Assert.Equal(2, Contractions(Differentiate.Run(forward, GradientSeed.Output, inputGradients: true)) - Contractions(forward));
    }

    [Fact]
    public void Factors_that_do_not_vary_along_a_sum_are_applied_after_it()
    {
        var graph = Simplify.Run(Differentiate.Run(SampleGraphs.Outputs["softmax"](), GradientSeed.Output));
        var sum = graph.Nodes.Last(node => node.Operation is ReduceOperation { Axes: [1] });
        Assert.Equal("map a * b", GraphText.Of(sum.Operands[0].Operation));
    }

    [Fact]
    public void The_gradient_of_a_sum_is_not_repeated_in_memory()
    {
        var graph = Simplify.Run(Differentiate.Run(SampleGraphs.Losses["sum"](), GradientSeed.Loss));
        Assert.DoesNotContain(graph.Nodes, node => node.Operation is MapOperation { Body: Operand });
    }

    private static int Contractions(Graph graph) => graph.Nodes.Count(node => node.Operation is ContractOperation);
}
