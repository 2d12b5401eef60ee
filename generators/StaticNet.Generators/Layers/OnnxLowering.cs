using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>What a layer is written as ONNX with.</summary>
/// <param name="Graph">The graph in the making.</param>
/// <param name="Model">The layer as analysed.</param>
/// <param name="Operands">The values it takes.</param>
internal sealed record OnnxLowering(OnnxGraph Graph, LayerModel Model, IReadOnlyList<OnnxValue> Operands)
{
    public OnnxValue X => Operands[0];

    /// <summary>The one operand as [batch, channels, …].</summary>
    public string ChannelsFirst => Graph.ChannelsFirst(X);

    /// <summary>The one operand as [batch, …, channels].</summary>
    public string ChannelsLast => Graph.ChannelsLast(X);

    /// <summary>Whether operands that meet do so as channels first: where one of them is so already.</summary>
    public bool AnyIsChannelsFirst => Operands.Any(operand => operand.IsChannelsFirst);

    /// <summary>All operands, in the order in which they meet.</summary>
    public EquatableArray<string> InOneOrder =>
        [.. Operands.Select(operand => AnyIsChannelsFirst ? Graph.ChannelsFirst(operand) : Graph.ChannelsLast(operand))];

    /// <summary>The names of the layer's parameters.</summary>
    public EquatableArray<string> Parameters => [.. Model.Parameters.Select(parameter => parameter.Name)];

    /// <summary>The node that is the layer, or its last one; the result is the name of what it gives.</summary>
    public string Node(string operation, EquatableArray<string> inputs, params OnnxAttribute[] attributes) =>
        Graph.Node(operation, Model.Name, inputs, attributes);

    /// <summary>A node before the last one; the result is the name of what it gives.</summary>
    public string Step(string name, string operation, EquatableArray<string> inputs, params OnnxAttribute[] attributes) =>
        Graph.Node(operation, Named(name), inputs, attributes);

    /// <summary>One number.</summary>
    public string Number(string name, double value) => Graph.Fill(Named(name), value);

    /// <summary>A constant all of whose elements are the same.</summary>
    public string Fill(string name, double value, params int[] shape) => Graph.Fill(Named(name), value, shape);

    /// <summary>A list of real numbers.</summary>
    public string Reals(string name, EquatableArray<double> values) => Graph.Reals(Named(name), values);

    /// <summary>A list of integers.</summary>
    public string Integers(string name, EquatableArray<int> values) => Graph.Integers(Named(name), values);

    /// <summary>The extents of a batch of samples of a shape, for <c>Reshape</c>, which keeps an extent of 0 as it is.</summary>
    public string Extents(string name, EquatableArray<int> sample) => Integers(name, [0, .. sample]);

    /// <summary>What the layer gives, as [batch, channels, …].</summary>
    public OnnxValue GiveChannelsFirst(string value) => new(value, Model.Shape, IsChannelsFirst: Model.Shape.Count > 1);

    /// <summary>What the layer gives, as [batch, …, channels].</summary>
    public OnnxValue GiveChannelsLast(string value) => new(value, Model.Shape);

    private string Named(string name) => $"{Model.Name}.{name}";
}
