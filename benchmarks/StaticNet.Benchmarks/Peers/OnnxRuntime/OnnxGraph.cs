using System.Globalization;
using System.Runtime.InteropServices;
using StaticNet.Benchmarks.Workloads;
using StaticNet.Execution;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>The nodes and constants of an ONNX graph (onnx.proto3, IR version 8, opset 17).</summary>
internal sealed class OnnxGraph
{
    private const int FloatElements = 1;
    private const int FloatAttribute = 1;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;

    private readonly ProtobufWriter _graph = new();
    private int _values;

    /// <returns>The constant's name.</returns>
    public string Constant(Parameter parameter)
    {
        var tensor = new ProtobufWriter();
        foreach (var extent in parameter.Shape)
        {
            tensor.Integer(1, extent);
        }

        _graph.Message(5, tensor.Integer(2, FloatElements).Text(8, parameter.Name).Bytes(9, MemoryMarshal.AsBytes<float>(parameter.Values)));
        return parameter.Name;
    }

    /// <returns>The name of what the node gives.</returns>
    public string Node(string operation, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"value{_values++}");
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(4, operation);
        foreach (var (name, value) in attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        _graph.Message(1, node);
        return output;
    }

    /// <returns>The model's file.</returns>
    public byte[] ToModel(string name, (string Name, int[] Shape) input, (string Name, int[] Shape) output)
    {
        _graph.Text(2, name)
            .Message(11, ValueInfo(input.Name, input.Shape))
            .Message(12, ValueInfo(output.Name, output.Shape));
        return new ProtobufWriter()
            .Integer(1, 8)
            .Text(2, "StaticNet.Benchmarks")
            .Message(7, _graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, 17))
            .Written.ToArray();
    }

    private static ProtobufWriter Attribute(string name, object value)
    {
        var attribute = new ProtobufWriter().Text(1, name);
        switch (value)
        {
            case float number:
                return attribute.Float(2, number).Integer(20, FloatAttribute);
            case int number:
                return attribute.Integer(3, number).Integer(20, IntegerAttribute);
            default:
                foreach (var number in (int[])value)
                {
                    attribute.Integer(8, number);
                }

                return attribute.Integer(20, IntegersAttribute);
        }
    }

    private static ProtobufWriter ValueInfo(string name, int[] dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            shape.Message(1, new ProtobufWriter().Integer(1, dimension));
        }

        var tensor = new ProtobufWriter().Integer(1, FloatElements).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
