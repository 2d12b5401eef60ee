using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>A network as an ONNX graph, of opset 17, without its parameters: what generated code describes node by node.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OnnxGraph
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<(string Name, int[] Shape)> _inputs = [];
    private readonly List<(string Name, int[] Shape, float[] Values)> _reals = [];
    private readonly List<(string Name, long[] Values)> _integers = [];

    internal OnnxGraph()
    {
    }

    internal IReadOnlyList<OnnxNode> Nodes => _nodes;

    internal IReadOnlyList<(string Name, int[] Shape)> Inputs => _inputs;

    /// <summary>Constants of real numbers.</summary>
    internal IReadOnlyList<(string Name, int[] Shape, float[] Values)> RealConstants => _reals;

    /// <summary>Constants that are lists of integers.</summary>
    internal IReadOnlyList<(string Name, long[] Values)> IntegerConstants => _integers;

    /// <summary>The value that is the network's output, and the shape of one sample of it.</summary>
    internal (string Value, int[] Shape) Result { get; private set; } = ("", []);

    /// <summary>Adds an input of the network.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The extents of one sample.</param>
    public void Input(string name, params int[] shape) => _inputs.Add((name, shape));

    /// <summary>Says which value is the output.</summary>
    /// <param name="value">The value of a node.</param>
    /// <param name="shape">The extents of one sample.</param>
    public void Output(string value, params int[] shape) => Result = (value, shape);

    /// <summary>Adds a node after those whose values it takes.</summary>
    /// <param name="operation">The name of an operator of opset 17.</param>
    /// <param name="name">Its name, and that of the value it gives.</param>
    /// <param name="inputs">What it takes: values, constants, parameters; <c>.weight</c> is the parameter of its own name.</param>
    public OnnxNode Node(string operation, string name, params string[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var node = new OnnxNode(operation, name, Array.ConvertAll(inputs, input => input.StartsWith('.') ? name + input : input));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Adds a constant all of whose elements are the same; without a shape it is one number.</summary>
    public void Fill(string name, float value, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (size, extent) => size * extent)];
        values.AsSpan().Fill(value);
        _reals.Add((name, shape, values));
    }

    /// <summary>Adds a constant that is a list of real numbers.</summary>
    public void Reals(string name, params float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _reals.Add((name, [values.Length], values));
    }

    /// <summary>Adds a constant that is a list of integers.</summary>
    public void Integers(string name, params long[] values) => _integers.Add((name, values));
}
