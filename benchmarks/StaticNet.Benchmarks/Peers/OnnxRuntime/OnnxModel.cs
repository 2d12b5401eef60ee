using System.Globalization;
using System.Runtime.InteropServices;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// Writes a multilayer perceptron as an ONNX model (onnx.proto3, IR version 8, opset 17): Gemm and activation in turn,
/// ending in logits, with the batch size fixed so that ONNX Runtime can plan for it.
/// </summary>
internal static class OnnxModel
{
    public const string Input = "input";
    public const string Output = "output";

    private const int FloatElements = 1;

    public static byte[] Write(NetworkShape shape, int batch, IReadOnlyList<DenseParameters> parameters)
    {
        var graph = new ProtobufWriter().Text(2, shape.Name);
        var value = Input;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var isLast = layer == shape.Layers - 1;
            var (weight, bias) = (Name("weight", layer), Name("bias", layer));
            graph.Message(5, Tensor(weight, parameters[layer].Weight, shape.Widths[layer + 1], shape.Widths[layer]));
            graph.Message(5, Tensor(bias, parameters[layer].Bias, shape.Widths[layer + 1]));
            var sum = isLast ? Output : Name("sum", layer);
            graph.Message(1, Node("Gemm", [value, weight, bias], sum).Message(5, IntegerAttribute("transB", 1)));
            value = isLast ? sum : Name("hidden", layer);
            if (!isLast)
            {
                graph.Message(1, Node(shape.Hidden.ToString(), [sum], value));
            }
        }

        graph.Message(11, ValueInfo(Input, batch, shape.Inputs));
        graph.Message(12, ValueInfo(Output, batch, shape.Outputs));
        return new ProtobufWriter()
            .Integer(1, 8)
            .Text(2, "StaticNet.Benchmarks")
            .Message(7, graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, 17))
            .Written.ToArray();
    }

    private static string Name(string kind, int layer) => string.Create(CultureInfo.InvariantCulture, $"{kind}{layer}");

    private static ProtobufWriter Node(string operation, string[] inputs, string output)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(4, operation);
    }

    private static ProtobufWriter IntegerAttribute(string name, long value) =>
        new ProtobufWriter().Text(1, name).Integer(3, value).Integer(20, 2);

    private static ProtobufWriter Tensor(string name, float[] values, params int[] dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        return tensor.Integer(2, FloatElements).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(values));
    }

    private static ProtobufWriter ValueInfo(string name, params int[] dimensions)
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
