namespace StaticNet.Generators.IR;

/// <summary>The uniform number in [0, 1) of a stream at a row and a column: the last axis gives columns, all others rows.</summary>
internal delegate double UniformSource(int stream, int row, int column);

/// <summary>
/// What a graph means, in double precision: one plain loop for each primitive. The reference that back ends and passes are compared
/// with.
/// </summary>
internal sealed partial class IrInterpreter
{
    private readonly Graph _graph;
    private readonly int _batch;
    private readonly Func<Node, Func<double, double>?>? _roundOperands;
    private readonly double[][] _values;

    private IrInterpreter(
        Graph graph,
        int batch,
        IReadOnlyDictionary<string, double[]> bindings,
        UniformSource? random,
        Func<double, double>? round,
        Func<Node, Func<double, double>?>? roundOperands)
    {
        _graph = graph;
        _batch = batch;
        _roundOperands = roundOperands;
        _values = new double[graph.Nodes.Count][];
        foreach (var node in graph.Nodes)
        {
            var values = Evaluate(node, bindings, random);
            _values[node.Id] = round is null ? values : Array.ConvertAll(values, value => round(value));
        }
    }

    /// <summary>Evaluates every node of a graph.</summary>
    /// <param name="graph">A graph that the verifier accepts.</param>
    /// <param name="batch">The number of samples; none is a batch too.</param>
    /// <param name="bindings">The elements of each input and parameter by its name, row by row; class indices are whole numbers.</param>
    /// <param name="random">Where <see cref="RandomOperation"/> takes its numbers from; needed only when the graph has one.</param>
    /// <param name="round">What becomes of each element of each node, to see what rounding does to a network; nothing unless given.</param>
    /// <param name="roundOperands">What becomes of the operands' elements of a contraction before they are multiplied; nothing unless given.</param>
    /// <exception cref="ArgumentException">An input or a parameter is missing or has another number of elements.</exception>
    public static IrInterpreter Run(
        Graph graph,
        int batch,
        IReadOnlyDictionary<string, double[]> bindings,
        UniformSource? random = null,
        Func<double, double>? round = null,
        Func<Node, Func<double, double>?>? roundOperands = null) =>
        new(graph, batch, bindings, random, round, roundOperands);

    /// <summary>The elements of a named output, row by row.</summary>
    public double[] this[string output] => this[_graph[output]];

    /// <summary>The elements that a tensor of state has afterwards.</summary>
    public double[] State(string name) => this[_graph.StateWrites.First(node => ((StateWriteOperation)node.Operation).State.Name == name)];

    /// <summary>The elements of a node, row by row.</summary>
    public double[] this[Node node] => _values[node.Id];

    private double[] Evaluate(Node node, IReadOnlyDictionary<string, double[]> bindings, UniformSource? random) => node.Operation switch
    {
        InputOperation input => Bound(node, input.Name, bindings),
        ParameterOperation parameter => Bound(node, parameter.Parameter.Name, bindings),
        ConstantOperation constant => [constant.Value],
        ExtentOperation { Extent: var extent } => [Length(extent)],
        RandomOperation draw => Random(node, draw.Stream, random),
        ContractOperation contract => Contract(node, contract),
        MapOperation map => Map(node, map.Body),
        ReduceOperation reduce => Reduce(node, reduce),
        PoolOperation pool => Pool(node, pool),
        PoolGradientOperation pool => PoolGradient(node, pool),
        ViewOperation view => View(node, view),
        GroupsOperation groups => Groups(node, groups),
        StopGradientOperation or StateWriteOperation => this[node.Operands[0]],
        _ => throw new InvalidOperationException($"is no known operation: {node}"),
    };

    private double[] Bound(Node node, string name, IReadOnlyDictionary<string, double[]> bindings)
    {
        if (!bindings.TryGetValue(name, out var elements))
        {
            throw new ArgumentException($"'{name}' is missing", nameof(bindings));
        }

        var size = Size(Extents(node.Shape));
        return elements.Length == size
            ? elements
            : throw new ArgumentException($"'{name}' has {elements.Length} elements, not {size}", nameof(bindings));
    }

    private double[] Random(Node node, int stream, UniformSource? random)
    {
        if (random is null)
        {
            throw new ArgumentNullException(nameof(random), $"a source of random numbers is needed: {node}");
        }

        var columns = node.Shape.Last.Size;
        return [.. Enumerable.Range(0, Size(Extents(node.Shape))).Select(i => random(stream, i / columns, i % columns))];
    }

    private double[] Map(Node node, ScalarExpression body)
    {
        var (shape, result) = Allocate(node);
        var operands = node.Operands.Select(o => (Values: this[o], Strides: BroadcastStrides(o.Shape, shape.Length))).ToArray();
        var elements = new double[operands.Length];
        foreach (var (index, position) in Points(shape))
        {
            for (var i = 0; i < operands.Length; i++)
            {
                elements[i] = operands[i].Values[Dot(operands[i].Strides, index)];
            }

            result[position] = ScalarFunctions.Evaluate(body, elements, index);
        }

        return result;
    }

    private double[] Reduce(Node node, ReduceOperation reduce)
    {
        var (resultShape, result) = Allocate(node);
        var operand = node.Operands[0];
        var shape = Extents(operand.Shape);
        var strides = BroadcastStrides(node.Shape, resultShape.Length);
        if (reduce.Kind == ReduceKind.Max)
        {
            Fill(result, double.NegativeInfinity);
        }

        foreach (var (index, position) in Points(shape))
        {
            var to = Dot(strides, index);
            var element = this[operand][position];
            result[to] = reduce.Kind == ReduceKind.Max ? Math.Max(result[to], element) : result[to] + element;
        }

        return result;
    }

    private static void Fill(double[] values, double value)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value;
        }
    }
}
