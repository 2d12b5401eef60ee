namespace StaticNet.Generators.IR;

/// <summary>One value of a graph: the operation that makes it, from which operands, and where in the declaration it comes from.</summary>
internal sealed class Node
{
    internal Node(int id, Operation operation, IReadOnlyList<Node> operands, TensorShape shape, ElementType type, string origin)
    {
        Id = id;
        Operation = operation;
        Operands = operands;
        Shape = shape;
        Type = type;
        Origin = origin;
    }

    /// <summary>The position in the graph's order: operands come before their users.</summary>
    public int Id { get; }

    public Operation Operation { get; }

    public IReadOnlyList<Node> Operands { get; }

    public TensorShape Shape { get; }

    public ElementType Type { get; }

    /// <summary>The layer this value stands for, in the words of the declaration: <c>dense1</c>, <c>relu2</c>. For names and comments.</summary>
    public string Origin { get; }

    public override string ToString() =>
        $"%{Id} = {GraphText.Of(Operation)} ({string.Join(", ", Operands.Select(o => $"%{o.Id}"))}) : {Shape} {Type} // {Origin}";
}

/// <summary>
/// A network as values and the operations between them, in an order in which operands come before users. Built once by appending;
/// passes make new graphs.
/// </summary>
internal sealed class Graph
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Node> _outputs = new(StringComparer.Ordinal);
    private readonly List<string> _outputNames = [];

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What the graph is for, in the order it was named: <c>output</c>, <c>probabilities</c>, <c>loss</c>, <c>gradient:dense1.weight</c>.</summary>
    public IEnumerable<(string Name, Node Value)> Outputs => _outputNames.Select(name => (name, _outputs[name]));

    public IEnumerable<Node> Parameters => _nodes.Where(node => node.Operation is ParameterOperation);

    /// <summary>What the graph does besides giving its outputs.</summary>
    public IEnumerable<Node> StateWrites => _nodes.Where(node => node.Operation is StateWriteOperation);

    public IEnumerable<Node> Inputs => _nodes.Where(node => node.Operation is InputOperation);

    public Node this[string output] => _outputs[output];

    public bool Has(string output) => _outputs.ContainsKey(output);

    public void Name(string output, Node value)
    {
        if (!_outputs.ContainsKey(output))
        {
            _outputNames.Add(output);
        }

        _outputs[output] = value;
    }

    /// <summary>Appends a node whose shape the caller has worked out; <see cref="GraphBuilder"/> works it out.</summary>
    public Node Append(Operation operation, IReadOnlyList<Node> operands, TensorShape shape, ElementType type, string origin)
    {
        var node = new Node(_nodes.Count, operation, operands, shape, type, origin);
        _nodes.Add(node);
        return node;
    }

    public override string ToString() => string.Join("\n", _nodes);
}
