using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Onnx;

/// <summary>
/// A network as an ONNX graph in the making: nodes and constants in an order in which each comes after what it takes. A value is brought
/// into another order of its axes where somebody asks for that, once.
/// </summary>
internal sealed class OnnxGraph
{
    private readonly List<OnnxStatement> _statements = [];
    private readonly HashSet<string> _turned;

    public OnnxGraph() => _turned = new(StringComparer.Ordinal);

    private OnnxGraph(OnnxGraph before) => _turned = new(before._turned, StringComparer.Ordinal);

    public IReadOnlyList<OnnxStatement> Statements => _statements;

    /// <summary>What comes after this graph in one of several ways.</summary>
    public OnnxGraph Continue() => new(this);

    /// <summary>Adds a node; the result is the name of what it gives.</summary>
    public string Node(string operation, string name, EquatableArray<string> inputs, params OnnxAttribute[] attributes)
    {
        _statements.Add(new OnnxNode(operation, name, inputs, new(attributes)));
        return name;
    }

    /// <summary>Adds a constant all of whose elements are the same; without a shape it is one number.</summary>
    public string Fill(string name, double value, params int[] shape)
    {
        _statements.Add(new OnnxFill(name, value, new(shape)));
        return name;
    }

    /// <summary>Adds a constant that is a list of real numbers.</summary>
    public string Reals(string name, EquatableArray<double> values)
    {
        _statements.Add(new OnnxReals(name, values));
        return name;
    }

    /// <summary>Adds a constant that is a list of integers.</summary>
    public string Integers(string name, EquatableArray<int> values)
    {
        _statements.Add(new OnnxIntegers(name, values));
        return name;
    }

    /// <summary>The value as [batch, channels, …].</summary>
    public string ChannelsFirst(OnnxValue value)
    {
        var rank = value.Shape.Count + 1;
        return value.IsChannelsFirst || rank == 2
            ? value.Name
            : Turned(value.Name, "channels_first", [0, rank - 1, .. Enumerable.Range(1, rank - 2)]);
    }

    /// <summary>The value as [batch, …, channels].</summary>
    public string ChannelsLast(OnnxValue value)
    {
        var rank = value.Shape.Count + 1;
        return !value.IsChannelsFirst || rank == 2
            ? value.Name
            : Turned(value.Name, "channels_last", [0, .. Enumerable.Range(2, rank - 2), 1]);
    }

    private string Turned(string value, string order, EquatableArray<int> permutation)
    {
        var name = $"{value}.{order}";
        return _turned.Add(name) ? Node("Transpose", name, [value], ("perm", permutation)) : name;
    }
}
