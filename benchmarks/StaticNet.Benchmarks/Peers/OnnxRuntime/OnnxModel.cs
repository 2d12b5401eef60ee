using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>A network as an ONNX model, with the batch size fixed so that ONNX Runtime can plan for it.</summary>
/// <param name="File">The file's bytes.</param>
/// <param name="Input">The name and the shape of the input: [batch, channels, height, width] or [batch, features].</param>
/// <param name="Output">The name and the shape of the logits.</param>
internal sealed record OnnxModel(byte[] File, (string Name, int[] Shape) Input, (string Name, int[] Shape) Output)
{
    /// <param name="shape">The layers.</param>
    /// <param name="batch">Samples of a run.</param>
    /// <param name="parameters">In the order of the layers.</param>
    public static OnnxModel Of(NetworkShape shape, int batch, IReadOnlyList<Parameter> parameters)
    {
        var graph = new OnnxGraph();
        var layers = new OnnxLayers(graph, parameters);
        var input = ("input", Tensor(batch, shape.Input));
        var output = (layers.Write(shape.Layers, "input", shape.Input), Tensor(batch, [shape.Outputs]));
        layers.CheckComplete();
        return new(graph.ToModel(shape.Name, input, output), input, output);
    }

    /// <summary>Samples, channels last, in the order of the model's input.</summary>
    public static void ToChannelsFirst(int[] shape, ReadOnlySpan<float> samples, Span<float> destination)
    {
        var (size, channels) = (Layer.Size(shape), shape[^1]);
        var cells = size / channels;
        for (var index = 0; index < samples.Length; index++)
        {
            var (sample, cell, channel) = (index / size, index % size / channels, index % channels);
            destination[(sample * size) + (channel * cells) + cell] = samples[index];
        }
    }

    private static int[] Tensor(int batch, int[] sample) => sample is [var height, var width, var channels]
        ? [batch, channels, height, width]
        : [batch, .. sample];
}
