using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>Writes layers as ONNX nodes. Shapes are ours, channels last; ONNX's tensors are channels first.</summary>
/// <param name="graph">Takes nodes and constants.</param>
/// <param name="parameters">In the order of the layers.</param>
internal sealed class OnnxLayers(OnnxGraph graph, IReadOnlyList<Parameter> parameters)
{
    private int _used;

    /// <returns>The name of what the last layer gives.</returns>
    public string Write(IEnumerable<Layer> layers, string value, int[] shape)
    {
        foreach (var (layer, input) in Layer.WithInputs(shape, layers))
        {
            value = Write(layer, value, input);
        }

        return value;
    }

    /// <exception cref="InvalidOperationException">There are parameters that no layer took.</exception>
    public void CheckComplete()
    {
        if (_used < parameters.Count)
        {
            throw new InvalidOperationException($"No layer takes {parameters[_used].Name}.");
        }
    }

    private string Write(Layer layer, string value, int[] input)
    {
        switch (layer)
        {
            case Dense dense:
                return graph.Node("Gemm", [value, Next(dense.Units, input[0]), Next(dense.Units)], ("transB", 1));
            case Convolution convolution:
                return Write(convolution, value, input);
            case BatchNormalization normalization:
                var channels = input[^1];
                return graph.Node(
                    "BatchNormalization",
                    [value, Next(channels), Next(channels), Next(channels), Next(channels)],
                    ("epsilon", (float)normalization.Epsilon));
            case MaxPooling pooling:
                return Pool("MaxPool", pooling.Window, value, input);
            case AveragePooling pooling:
                return pooling.Window.Covers(input)
                    ? graph.Node("GlobalAveragePool", [value])
                    : Pool("AveragePool", pooling.Window, value, input);
            case Relu:
                return graph.Node("Relu", [value]);
            case Tanh:
                return graph.Node("Tanh", [value]);
            case Flatten:
                return graph.Node("Flatten", [value], ("axis", 1));
            case Dropout:
                return value;
            case Residual residual:
                var body = Write(residual.Body, value, input);
                return graph.Node("Add", [body, Write(residual.Shortcut, value, input)]);
            default:
                throw new NotSupportedException($"ONNX has no {layer} here.");
        }
    }

    private string Write(Convolution convolution, string value, int[] input)
    {
        var window = convolution.Window;
        List<string> inputs = [value, Next(convolution.Filters, input[2] / convolution.Groups, window.Height, window.Width)];
        if (convolution.Bias)
        {
            inputs.Add(Next(convolution.Filters));
        }

        return graph.Node(
            "Conv",
            inputs,
            ("kernel_shape", new[] { window.Height, window.Width }),
            ("strides", new[] { window.Stride, window.Stride }),
            ("pads", window.Border(input)),
            ("group", convolution.Groups));
    }

    private string Pool(string operation, Window window, string value, int[] input) => graph.Node(
        operation,
        [value],
        ("kernel_shape", new[] { window.Height, window.Width }),
        ("strides", new[] { window.Stride, window.Stride }),
        ("pads", window.Border(input)));

    private string Next(params int[] shape) => graph.Constant(Take(shape));

    private Parameter Take(params int[] shape)
    {
        var parameter = parameters[_used++];
        return parameter.Shape.AsSpan().SequenceEqual(shape)
            ? parameter
            : throw new InvalidOperationException(
                $"{parameter.Name} is [{string.Join(", ", parameter.Shape)}], but the layer takes [{string.Join(", ", shape)}].");
    }
}
