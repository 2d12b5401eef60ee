using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>A node of an ONNX graph. It gives one value, which has its name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OnnxNode
{
    private readonly List<(string Name, object Value)> _attributes = [];

    internal OnnxNode(string operation, string name, string[] inputs) => (Operation, Name, Inputs) = (operation, name, inputs);

    internal string Operation { get; }

    internal string Name { get; }

    /// <summary>The values that it takes; an empty name is an input that is left out.</summary>
    internal string[] Inputs { get; }

    /// <summary>Values are <see cref="long"/>, <see cref="float"/>, <see cref="string"/> or arrays of <see cref="long"/>.</summary>
    internal IReadOnlyList<(string Name, object Value)> Attributes => _attributes;

    /// <summary>Adds an attribute.</summary>
    public OnnxNode With(string name, long value) => Add(name, value);

    /// <summary>Adds an attribute.</summary>
    public OnnxNode With(string name, float value) => Add(name, value);

    /// <summary>Adds an attribute.</summary>
    public OnnxNode With(string name, string value) => Add(name, value);

    /// <summary>Adds an attribute.</summary>
    public OnnxNode With(string name, long[] values) => Add(name, values);

    private OnnxNode Add(string name, object value)
    {
        _attributes.Add((name, value));
        return this;
    }
}
