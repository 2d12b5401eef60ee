using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Onnx;

/// <summary>A part of an ONNX graph, which has a name.</summary>
internal abstract record OnnxStatement(string Name);

/// <summary>A node, and the one value it gives, which has its name.</summary>
/// <param name="Operation">The name of an operator of opset 17.</param>
/// <param name="Inputs">The names of values, constants and parameters; empty for an input that is left out.</param>
internal sealed record OnnxNode(string Operation, string Name, EquatableArray<string> Inputs, EquatableArray<OnnxAttribute> Attributes)
    : OnnxStatement(Name);

/// <summary>A constant all of whose elements are the same; without a shape it is one number.</summary>
internal sealed record OnnxFill(string Name, double Value, EquatableArray<int> Shape) : OnnxStatement(Name);

/// <summary>A constant that is a list of real numbers.</summary>
internal sealed record OnnxReals(string Name, EquatableArray<double> Values) : OnnxStatement(Name);

/// <summary>A constant that is a list of integers.</summary>
internal sealed record OnnxIntegers(string Name, EquatableArray<int> Values) : OnnxStatement(Name);

/// <summary>An attribute of a node. Its value is an integer, a real number, a text, or integers.</summary>
internal sealed record OnnxAttribute(string Name, object Value)
{
    public static implicit operator OnnxAttribute((string Name, int Value) attribute) => new(attribute.Name, attribute.Value);

    public static implicit operator OnnxAttribute((string Name, double Value) attribute) => new(attribute.Name, attribute.Value);

    public static implicit operator OnnxAttribute((string Name, string Value) attribute) => new(attribute.Name, attribute.Value);

    public static implicit operator OnnxAttribute((string Name, EquatableArray<int> Value) attribute) => new(attribute.Name, attribute.Value);
}

/// <summary>A value of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The shape of one sample as layers see it, channels last.</param>
/// <param name="IsChannelsFirst">Whether the graph has the last axis right behind the batch, as ONNX's operators on images take it.</param>
internal sealed record OnnxValue(string Name, EquatableArray<int> Shape, bool IsChannelsFirst = false)
{
    public int Channels => Shape[Shape.Count - 1];

    /// <summary>The axis of the channels.</summary>
    public int ChannelAxis => IsChannelsFirst ? 1 : -1;

    /// <summary>Whether both orders are the same memory: there is one place, or one channel.</summary>
    public bool HasOneOrder => Channels == 1 || Shape.Take(Shape.Count - 1).All(extent => extent == 1);
}
