using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>What simplifying removes, and what it must leave.</summary>
public class SimplifyRuleTests
{
    private readonly NetworkBuilder _network = new();

    private GraphBuilder Build => _network.Build;

    [Fact]
    public void What_no_output_needs_goes_except_the_signature()
    {
        var x = _network.X(3);
        _network.Parameter("w", 3);
        _network.X(1, [2]);
        Build.Input(InputRole.Target, 0, "target", TensorShape.Batched([1]));
        _network.Apply(UnaryFunction.Tanh, _network.Apply(UnaryFunction.Exp, x));
        Build.Graph.Name("output", x);
        Assert.Equal(["input x0", "parameter w", "input x1"], Simplify.Run(Build.Graph).Nodes.Select(node => GraphText.Of(node.Operation)));
    }

    [Fact]
    public void Equal_nodes_become_one()
    {
        var (x, w) = (_network.X(3), _network.Parameter("w", 3, 3));
        Expect(
            Build.Map((a, b) => a / b, Build.MatrixProduct(x, w), Build.MatrixProduct(x, w)),
            "contract [batch, 3, 3]: [d0, d1] += [d0, d2] · [d1, d2]", "map a / a");
    }

    [Fact]
    public void Random_numbers_are_one_by_stream()
    {
        var shape = TensorShape.Batched([2]);
        var pair = Build.Map((a, b) => a / b, Build.Random(1, shape), Build.Random(2, shape));
        Expect(Build.Map((a, b) => a * b, pair, Build.Random(1, shape)), "random 1", "random 2", "map (a / b) * a");
    }

    [Fact]
    public void A_map_absorbs_those_that_only_it_uses() => Expect(
        _network.Apply(UnaryFunction.Tanh, Build.Map((a, b) => a + b, _network.X(3), _network.Parameter("w", 3))), "map tanh(a + b)");

    [Fact]
    public void A_map_that_others_use_stays()
    {
        var h = _network.Apply(UnaryFunction.Tanh, _network.X(3));
        Expect(Build.Map((a, s) => a / s, h, Build.Reduce(ReduceKind.Sum, h, 1)), "map tanh(a)", "sum over [1]", "map a / b");
    }

    [Fact]
    public void An_output_stays_even_when_only_a_map_uses_it()
    {
        var h = _network.Apply(UnaryFunction.Tanh, _network.X(3));
        Build.Graph.Name("probabilities", h);
        Expect(_network.Apply(UnaryFunction.Exp, h), "map tanh(a)", "map exp(a)");
    }

    [Fact]
    public void Cheap_work_is_repeated_along_a_broadcast() => Expect(
        Build.Map((a, c) => a / c, _network.X(3), Build.Map(c => c + 1, _network.X(1, [1]))), "map a / (b + 1)");

    [Fact]
    public void Expensive_work_is_not() => Expect(
        Build.Map((a, c) => a / c, _network.X(3), _network.Apply(UnaryFunction.Exp, _network.X(1, [1]))), "map exp(a)", "map a / b");

    [Fact]
    public void A_position_is_absorbed_in_its_own_shape_only()
    {
        var (x, column) = (_network.X(2, 3), _network.X(1, [2, 1]));
        var along = Build.Map(a => a + new IndexOf(2), x);
        var across = Build.Map(c => c + new IndexOf(2), column);
        Expect(Build.Map((a, c) => a / c, along, across), "map a + i2", "map (a + i2) / b");
    }

    [Fact]
    public void Constants_move_into_the_body() => Expect(
        Build.Map(new Operand(0) * (new Operand(1) + new Operand(2)), _network.X(3), Build.Constant(1), Build.Constant(2)), "map a * 3");

    [Fact]
    public void A_map_that_changes_nothing_goes() => Expect(_network.Apply(UnaryFunction.Tanh, Build.Map(a => a * 1, _network.X(3))), "map tanh(a)");

    [Fact]
    public void A_map_that_broadcasts_stays_where_an_element_is_needed()
    {
        var column = _network.X(1);
        var repeated = Build.Graph.Append(new MapOperation(new Operand(0)), [column], TensorShape.Batched([3]), ElementType.Float32, "");
        Expect(Build.MatrixProduct(repeated, _network.Parameter("w", 2, 3)), "map a", "contract [batch, 2, 3]: [d0, d1] += [d0, d2] · [d1, d2]");
        Expect(Build.Map((a, b) => a / b, _network.X(1, [3]), repeated), "map a / b");
    }

    [Fact]
    public void Bodies_do_not_grow_without_end()
    {
        var x = _network.X(3);
        for (var i = 0; i < 40; i++)
        {
            x = Build.Map(a => a * new Unary(UnaryFunction.Sigmoid, a), x);
        }

        Build.Graph.Name("output", x);
        Equivalence.ExpectSameBits(Build.Graph, Simplify.Run(Build.Graph));
    }

    [Fact]
    public void A_stopped_gradient_is_its_value() => Expect(Build.StopGradient(_network.Apply(UnaryFunction.Exp, _network.X(3))), "map exp(a)");

    [Fact]
    public void A_reduction_of_nothing_goes() => Expect(Build.Reduce(ReduceKind.Max, _network.Apply(UnaryFunction.Exp, _network.X(3, 1)), 2), "map exp(a)");

    [Fact]
    public void Reshapes_become_one()
    {
        var x = _network.Apply(UnaryFunction.Exp, _network.X(6));
        var pairs = Build.Reshape(x, TensorShape.Batched([2, 3]));
        Expect(Build.Reshape(pairs, TensorShape.Batched([3, 2])), "map exp(a)", "reshape");
        Expect(Build.Reshape(pairs, TensorShape.Batched([6])), "map exp(a)");
    }

    [Fact]
    public void Transposes_become_one()
    {
        var x = _network.Apply(UnaryFunction.Exp, _network.X(2, 3, 4));
        var turned = Build.Transpose(x, 0, 2, 3, 1);
        Expect(Build.Transpose(turned, 0, 2, 3, 1), "map exp(a)", "transpose [0, 3, 1, 2]");
        Expect(Build.Transpose(turned, 0, 3, 1, 2), "map exp(a)");
    }

    [Fact]
    public void Slices_and_pads_become_one()
    {
        var x = _network.Apply(UnaryFunction.Exp, _network.X(6));
        var padded = Build.Pad(x, axis: 1, before: 2, after: 1);
        Expect(Build.Slice(Build.Slice(x, 1, 1, 4), 1, 2, 2), "map exp(a)", "slice axis 1 from 3 for 2");
        Expect(Build.Slice(x, 1, 0, 6), "map exp(a)");
        Expect(Build.Pad(padded, 1, 1, 2), "map exp(a)", "pad axis 1 by 3 and 3");
        Expect(Build.Slice(padded, 1, 2, 6), "map exp(a)");
        Expect(Build.Slice(padded, 1, 3, 2), "map exp(a)", "slice axis 1 from 1 for 2");
        Expect(Build.Slice(padded, 1, 1, 3), "map exp(a)", "pad axis 1 by 2 and 1", "slice axis 1 from 1 for 3");
    }

    [Fact]
    public void Parts_of_a_concatenation_are_its_operands()
    {
        var (a, b) = (_network.Apply(UnaryFunction.Exp, _network.X(2)), _network.Apply(UnaryFunction.Tanh, _network.X(1, [3])));
        var both = Build.Concat(1, a, b);
        Expect(Build.Slice(both, 1, 2, 3), "map tanh(a)");
        Expect(Build.Slice(both, 1, 3, 1), "map tanh(a)", "slice axis 1 from 1 for 1");
        Expect(Build.Slice(both, 1, 1, 2), "map exp(a)", "map tanh(a)", "concat axis 1", "slice axis 1 from 1 for 2");
        Expect(Build.Concat(1, a), "map exp(a)");
    }

    /// <summary>The nodes beside inputs and parameters of the simplified graph, in order; the same again when simplified twice.</summary>
    private void Expect(Node output, params string[] expected)
    {
        Build.Graph.Name("output", output);
        var simplified = Simplify.Run(Build.Graph);
        Equivalence.ExpectSameBits(Build.Graph, simplified);
        Assert.Equal(expected, Texts(simplified));
        Assert.Equal(expected, Texts(Simplify.Run(simplified)));

        static IEnumerable<string> Texts(Graph graph) => graph.Nodes
            .Where(node => node.Operation is not (InputOperation or ParameterOperation))
            .Select(node => GraphText.Of(node.Operation));
    }
}
