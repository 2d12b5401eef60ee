using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Derivatives where there is none, PyTorch's choices, and where the branch that is not taken has none.</summary>
public class GradientKinkTests
{
    private static readonly ScalarExpression X = new Operand(0);

    private readonly GraphBuilder _build = new();

    [Theory]
    [InlineData("relu", 0, 0)]
    [InlineData("relu", -0.0, 0)]
    [InlineData("relu6", 0, 0)]
    [InlineData("relu6", 6, 0)]
    [InlineData("abs", 0, 0)]
    [InlineData("leaky relu", 0, 0.01)]
    [InlineData("elu", 0, 0.7)]
    [InlineData("softplus", 0, 0.5)]
    [InlineData("softplus", 1000, 1)]
    [InlineData("softplus", -1000, 0)]
    [InlineData("square root of relu", -1, 0)]
    [InlineData("square root of relu", 0, 0)]
    [InlineData("selu", 1000, 1.0507)]
    [InlineData("choice with a constant branch", -1000, 0)]
    [InlineData("tanh", double.NaN, double.NaN)]
    public void Derivative_at(string name, double x, double expected)
    {
        _build.Graph.Name("output", _build.Map(SampleScalars.All[name], Input(0)));
        Assert.Equal(expected, Gradients([x])[0].Single());
    }

    [Fact]
    public void A_branch_that_is_not_taken_brings_no_infinity()
    {
        var logarithm = new Unary(UnaryFunction.Log, X);
        _build.Graph.Name("output", _build.Map(new Select(Comparison.Greater, X, 0, X * logarithm, new Unary(UnaryFunction.Exp, X * 1e6)), Input(0)));
        Assert.Equal([0], Gradients([-1])[0]);
        Assert.Equal([1 + Math.Log(1e3)], Gradients([1e3])[0]);
    }

    [Theory]
    [InlineData(nameof(BinaryFunction.Maximum), 2, 1, 1, 0)]
    [InlineData(nameof(BinaryFunction.Maximum), 1, 1, 0.5, 0.5)]
    [InlineData(nameof(BinaryFunction.Minimum), 2, 1, 0, 1)]
    [InlineData(nameof(BinaryFunction.Minimum), 1, 1, 0.5, 0.5)]
    [InlineData(nameof(BinaryFunction.Maximum), double.NaN, 1, 1, 1)]
    public void Equal_arguments_of_an_extremum_share(string function, double a, double b, double toA, double toB)
    {
        _build.Graph.Name("output", _build.Map((x, y) => new Binary(Enum.Parse<BinaryFunction>(function), x, y), Input(0), Input(1)));
        Assert.Equal([[toA], [toB]], Gradients([a], [b]));
    }

    [Fact]
    public void Equal_elements_of_a_reduced_maximum_share()
    {
        _build.Graph.Name("output", _build.Reduce(ReduceKind.Max, _build.Input(InputRole.Data, 0, "x0", TensorShape.Batched([4])), 1));
        Assert.Equal([0, 0.5, 0, 0.5], Gradients([1, 3, 2, 3])[0]);
    }

    [Fact]
    public void A_stopped_gradient_passes_nothing()
    {
        var x = Input(0);
        _build.Graph.Name("output", _build.Map((a, b) => a * b, x, _build.StopGradient(x)));
        Assert.Equal([3], Gradients([3])[0]);
    }

    [Fact]
    public void Random_numbers_and_classes_have_no_gradient()
    {
        var classes = _build.Input(InputRole.Target, 0, "t", TensorShape.Batched([1]), ElementType.Int32);
        var x = Input(0);
        _build.Graph.Name("output", _build.Map(
            X * new Operand(1) * new Unary(UnaryFunction.ToFloat, new Operand(2)), x, _build.Random(stream: 0, x.Shape), classes));
        var graph = Differentiate.Run(_build.Graph, GradientSeed.Output, inputGradients: true);
        IrVerifier.Verify(graph);
        Assert.Equal(["output", "gradient:input:0"], graph.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void A_graph_without_the_seed_is_rejected()
    {
        var x = _build.Input(InputRole.Data, 0, "x0", TensorShape.Batched([2]));
        Assert.Throws<ArgumentException>(() => Differentiate.Run(_build.Graph, GradientSeed.Output));
        _build.Graph.Name("loss", x);
        Assert.Throws<ArgumentException>(() => Differentiate.Run(_build.Graph, GradientSeed.Loss));
    }

    private Node Input(int ordinal) => _build.Input(InputRole.Data, ordinal, $"x{ordinal}", TensorShape.Batched([1]));

    /// <summary>The gradients of the inputs for an output gradient of one, before and after simplifying.</summary>
    private double[][] Gradients(params double[][] inputs)
    {
        var graph = Differentiate.Run(_build.Graph, GradientSeed.Output, inputGradients: true);
        var bindings = inputs.Select((elements, i) => (Name: $"x{i}", Elements: elements)).ToDictionary(b => b.Name, b => b.Elements);
        bindings[Differentiate.OutputGradientName] = [1];
        var results = new[] { graph, Simplify.Run(graph) }.Select(g =>
        {
            IrVerifier.Verify(g);
            var run = IrInterpreter.Run(g, batch: 1, bindings);
            return inputs.Select((_, i) => run[Differentiate.GradientOfInput(i)]).ToArray();
        }).ToArray();
        Assert.Equal(results[0], results[1]);
        return results[0];
    }
}
