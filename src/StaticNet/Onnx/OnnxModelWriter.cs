using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StaticNet.Execution;

/// <summary>
/// Writes an ONNX model (IR version 8, opset 17): the graph with parameters and constants as initializers. Of messages the lengths come
/// first: all but the numbers of parameters is made in memory, they go from the network to the file.
/// </summary>
internal sealed class OnnxModelWriter
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const string Batch = "batch";
    private const string Output = "output";

    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, LayerInfo> _layers;
    private readonly ProtobufWriter _model = new();
    private readonly ProtobufWriter _nodes = new();
    private readonly ProtobufWriter _constants = new();
    private readonly ProtobufWriter _ends = new();
    private readonly StoredTensor[] _parameters;
    private readonly ProtobufWriter[] _parameterHeads;

    /// <param name="info">The network.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="parameters">All of its parameters.</param>
    /// <param name="description">What the file says about the network.</param>
    /// <exception cref="InvalidOperationException">The file would be larger than its format allows.</exception>
    public OnnxModelWriter(NetworkInfo info, OnnxGraph graph, IEnumerable<StoredTensor> parameters, string description)
    {
        _graph = graph;
        _layers = info.Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        _parameters = [.. parameters.Select(parameter => parameter.ChannelsLast)];
        _parameterHeads = Array.ConvertAll(_parameters, ParameterHead);
        foreach (var node in graph.Nodes)
        {
            _nodes.Message(OnnxFields.Graph.Node, Node(node));
        }

        _nodes.Text(OnnxFields.Graph.Name, info.Name);
        WriteConstants();
        foreach (var (name, shape) in graph.Inputs)
        {
            _ends.Message(OnnxFields.Graph.Input, Value(name, shape));
        }

        _ends.Message(OnnxFields.Graph.Output, Value(Output, graph.Result.Shape));

        var graphLength = _nodes.Written.Length + _constants.Written.Length + _ends.Written.Length
            + _parameters.Zip(_parameterHeads, (tensor, head) => head.Written.Length + Bytes(tensor)).Sum();
        _model
            .Integer(OnnxFields.Model.IrVersion, IrVersion)
            .Text(OnnxFields.Model.ProducerName, "StaticNet")
            .Text(OnnxFields.Model.ProducerVersion, typeof(OnnxModelWriter).Assembly.GetName().Version!.ToString(3))
            .Text(OnnxFields.Model.DocString, description)
            .Message(
                OnnxFields.Model.OpsetImport,
                new ProtobufWriter().Text(OnnxFields.OperatorSet.Domain, "").Integer(OnnxFields.OperatorSet.Version, Opset))
            .Head(OnnxFields.Model.Graph, graphLength);
        var length = _model.Written.Length + graphLength;
        if (length > int.MaxValue)
        {
            throw new InvalidOperationException(
                $"{info.Name} would be an ONNX file of {length} bytes, but the format has a limit of {int.MaxValue}: Save writes networks of any size.");
        }
    }

    public void Write(Stream stream)
    {
        stream.Write(_model.Written);
        stream.Write(_nodes.Written);
        for (var i = 0; i < _parameters.Length; i++)
        {
            stream.Write(_parameterHeads[i].Written);
            var elements = new float[_parameters[i].Size];
            _parameters[i].CopyTo(elements);
            stream.Write(LittleEndian(elements));
        }

        stream.Write(_constants.Written);
        stream.Write(_ends.Written);
    }

    private ProtobufWriter Node(OnnxNode node)
    {
        var message = new ProtobufWriter();
        foreach (var input in node.Inputs)
        {
            message.Text(OnnxFields.Node.Input, Named(input));
        }

        message
            .Text(OnnxFields.Node.Output, Named(node.Name))
            .Text(OnnxFields.Node.Name, node.Name)
            .Text(OnnxFields.Node.Operation, node.Operation);
        foreach (var (name, value) in node.Attributes)
        {
            message.Message(OnnxFields.Node.Attribute, Attribute(name, value));
        }

        // A layer of several nodes has its name before theirs.
        if (_layers.TryGetValue(node.Name, out var layer) || _layers.TryGetValue(node.Name[..Math.Max(0, node.Name.LastIndexOf('.'))], out layer))
        {
            message.Text(OnnxFields.Node.DocString, $"{layer.Layer}: {layer.Shape}");
        }

        return message;
    }

    /// <summary>The network's output is called so, whichever value it is.</summary>
    private string Named(string value) => value == _graph.Result.Value ? Output : value;

    private static ProtobufWriter Attribute(string name, object value)
    {
        var message = new ProtobufWriter().Text(OnnxFields.Attribute.Name, name);
        switch (value)
        {
            case float number:
                return message.Float(OnnxFields.Attribute.Float, number).Integer(OnnxFields.Attribute.Type, OnnxFields.AttributeType.Float);
            case long number:
                return message.Integer(OnnxFields.Attribute.Integer, number).Integer(OnnxFields.Attribute.Type, OnnxFields.AttributeType.Integer);
            case string text:
                return message.Text(OnnxFields.Attribute.Text, text).Integer(OnnxFields.Attribute.Type, OnnxFields.AttributeType.Text);
            default:
                foreach (var number in (long[])value)
                {
                    message.Integer(OnnxFields.Attribute.Integers, number);
                }

                return message.Integer(OnnxFields.Attribute.Type, OnnxFields.AttributeType.Integers);
        }
    }

    private static ProtobufWriter Value(string name, int[] shape)
    {
        var dimensions = new ProtobufWriter().Message(OnnxFields.Shape.Dimension, new ProtobufWriter().Text(OnnxFields.Dimension.Symbol, Batch));
        foreach (var extent in shape)
        {
            dimensions.Message(OnnxFields.Shape.Dimension, new ProtobufWriter().Integer(OnnxFields.Dimension.Value, extent));
        }

        var tensor = new ProtobufWriter()
            .Integer(OnnxFields.TensorType.ElementType, OnnxFields.ElementType.Float32)
            .Message(OnnxFields.TensorType.Shape, dimensions);
        return new ProtobufWriter()
            .Text(OnnxFields.ValueInfo.Name, name)
            .Message(OnnxFields.ValueInfo.Type, new ProtobufWriter().Message(OnnxFields.ValueType.Tensor, tensor));
    }

    private void WriteConstants()
    {
        foreach (var (name, shape, values) in _graph.RealConstants)
        {
            _constants.Message(
                OnnxFields.Graph.Initializer,
                Tensor(name, shape, OnnxFields.ElementType.Float32).Bytes(OnnxFields.Tensor.RawData, LittleEndian([.. values])));
        }

        foreach (var (name, values) in _graph.IntegerConstants)
        {
            var bytes = new byte[values.Length * sizeof(long)];
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
            }

            _constants.Message(
                OnnxFields.Graph.Initializer, Tensor(name, [values.Length], OnnxFields.ElementType.Int64).Bytes(OnnxFields.Tensor.RawData, bytes));
        }
    }

    /// <summary>All of a parameter's initializer, the field in the graph included, but for its numbers.</summary>
    private static ProtobufWriter ParameterHead(StoredTensor parameter)
    {
        var tensor = Tensor(parameter.Name, parameter.Shape, OnnxFields.ElementType.Float32).Head(OnnxFields.Tensor.RawData, Bytes(parameter));
        var head = new ProtobufWriter().Head(OnnxFields.Graph.Initializer, tensor.Written.Length + Bytes(parameter));
        return head.Append(tensor);
    }

    private static ProtobufWriter Tensor(string name, int[] shape, int elementType)
    {
        var message = new ProtobufWriter();
        foreach (var extent in shape)
        {
            message.Integer(OnnxFields.Tensor.Dimension, extent);
        }

        return message.Integer(OnnxFields.Tensor.ElementType, elementType).Text(OnnxFields.Tensor.Name, name);
    }

    private static long Bytes(StoredTensor parameter) => (long)parameter.Size * sizeof(float);

    private static Span<byte> LittleEndian(Span<float> elements)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(elements);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return MemoryMarshal.AsBytes(elements);
    }
}
