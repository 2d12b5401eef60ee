using System.Runtime.InteropServices;
using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Execution;
using StaticNet.Tests;

namespace StaticNet.Onnx.Tests;

/// <summary>What is in an exported file, by the numbers of fields in onnx.proto, and how it is written.</summary>
public sealed class FileTests
{
    [Fact]
    public void A_file_tells_its_versions_and_its_network()
    {
        var model = Export((path, output) => new Mlp128(1).SaveOnnx(path, output));

        Assert.Equal((8, "StaticNet"), (model.Integer(1), model.Text(2)));
        Assert.Equal(typeof(Mlp128).Assembly.GetName().Version!.ToString(3), model.Text(3));
        Assert.Equal(Mlp128.Summary, model.Text(6));
        Assert.Equal(("", 17), (model.Message(8).Text(1), model.Message(8).Integer(2)));
        Assert.Equal("Mlp128", model.Message(7).Text(2));
    }

    [Fact]
    public void Nodes_and_initializers_have_the_names_of_layers_and_parameters()
    {
        using var network = new ResNetOfBlocks(1);
        var graph = Export(network.SaveOnnx).Message(7);
        var core = ((INetwork<Shape<N9, N9, N3>, Shape<N5>>)network).Core;

        string[] names = ["layer1.0.residual1.conv1", "layer1.0.residual1.batchnorm1", "layer1.1.residual1.add", "layer2.shortcut.projection1"];
        Assert.Equal(names, names.Intersect(graph.Messages(1).Select(node => node.Text(3))));
        var node = graph.Messages(1).Single(node => node.Text(3) == "layer1.0.residual1.conv1");
        Assert.Equal(["relu1", "layer1.0.residual1.conv1.weight"], node.Texts(1));
        Assert.Equal(("Conv", "Conv2D(Width.Same, 3): 7×7×4"), (node.Text(4), node.Text(6)));
        Assert.Equal(
            core.Info.Parameters.Select(parameter => parameter.Name),
            graph.Messages(5).Where(tensor => tensor.Integer(2) == 1).Select(tensor => tensor.Text(8)));
        var weight = graph.Messages(5).Single(tensor => tensor.Text(8) == "layer1.0.residual1.conv1.weight");
        var values = new float[4 * 4 * 3 * 3];
        network.Layer1[0].Residual1.Conv1.Weight.CopyTo(values);
        Assert.Equal([4, 4, 3, 3], weight.All<long>(1));
        Assert.Equal(values, MemoryMarshal.Cast<byte, float>(weight.All<ReadOnlyMemory<byte>>(9).Single().Span).ToArray());
    }

    [Fact]
    public void Inputs_and_output_have_the_declared_shapes_behind_a_symbolic_batch()
    {
        var graph = Export((path, output) => new ConcatGraph(1).SaveOnnx(path, output)).Message(7);
        var image = Export((path, output) => new ChannelsFirstConvolution(1).SaveOnnx(path, output)).Message(7);

        Assert.Equal(["user: batch×8", "item: batch×16"], graph.Messages(11).Select(Text));
        Assert.Equal(["output: batch×5"], graph.Messages(12).Select(Text));
        Assert.Equal(["input: batch×3×6×5"], image.Messages(11).Select(Text));
        Assert.Equal(["output: batch×6×5×4"], image.Messages(12).Select(Text));

        static string Text(ProtobufMessage value) =>
            $"{value.Text(1)}: {string.Join('×', value.Message(2).Message(1).Message(2).Messages(1).Select(d => d.Texts(2).SingleOrDefault() ?? $"{d.Integer(1)}"))}";
    }

    [Fact]
    public void Images_are_turned_where_it_matters_and_once()
    {
        // At the input, and before the layer that flattens; channels first, only before that; not at all around a stack.
        Assert.Equal(2, Transposes((path, output) => new DigitClassifier(1).SaveOnnx(path, output)));
        Assert.Equal(1, Transposes((path, output) => new ChannelsFirstDenseConvolution(1).SaveOnnx(path, output)));
        Assert.Equal(1, Transposes((path, output) => new ResidualClassifier(1).SaveOnnx(path, output)));
        Assert.Equal(0, Transposes((path, output) => new Mlp128(1).SaveOnnx(path, output)));

        static int Transposes(Action<string, OnnxOutput> save) => Export(save).Message(7).Messages(1).Count(node => node.Text(4) == "Transpose");
    }

    [Theory]
    [InlineData(OnnxOutput.Predict, "Softmax")]
    [InlineData(OnnxOutput.Forward, "Gemm")]
    public void The_last_node_gives_what_was_asked_for(OnnxOutput output, string operation)
    {
        var last = Export((path, _) => new Mlp128(1).SaveOnnx(path, output)).Message(7).Messages(1).Last();

        Assert.Equal((operation, "output"), (last.Text(4), last.Text(2)));
    }

    [Fact]
    public void A_failure_leaves_the_file_that_was_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("network.onnx", "before");
        var network = new Mlp128(1);
        var core = ((INetwork<Shape<N784>, Shape<N10>>)network).Core;

        Assert.Throws<ArgumentOutOfRangeException>(() => network.SaveOnnx(path, (OnnxOutput)2));
        using (core.Exclusive())
        {
            Assert.Throws<InvalidOperationException>(() => network.SaveOnnx(path));
        }

        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.SaveOnnx(path));
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Throws<ArgumentException>(() => new Mlp128(1).SaveOnnx(""));
        Assert.Throws<DirectoryNotFoundException>(() => new Mlp128(1).SaveOnnx(Path.Combine(folder["none"], "network.onnx")));
        Assert.Equal(["network.onnx"], folder.Files);
    }

    [Fact]
    public void A_network_predicts_while_it_is_exported()
    {
        using var network = new Mlp128(1);
        var core = ((INetwork<Shape<N784>, Shape<N10>>)network).Core;
        var input = Samples.Inputs(core.Info, 1);
        byte[][] files = new byte[4][];
        Parallel.For(0, files.Length, i =>
        {
            using var folder = new TemporaryFolder();
            network.SaveOnnx(folder["network.onnx"]);
            network.Predict(input, new float[10]);
            files[i] = File.ReadAllBytes(folder["network.onnx"]);
        });

        Assert.All(files, file => Assert.Equal(files[0], file));
    }

    [Fact]
    public void More_than_two_gigabytes_are_refused()
    {
        using var network = new Mlp128(1);
        var info = ((INetwork<Shape<N784>, Shape<N10>>)network).Core.Info;
        var graph = new OnnxGraph();
        StoredTensor Weight(int outputs) => new("weight", [outputs, 1 << 14], ParameterLayout.Matrix(outputs, 1 << 14), Storage: 0);

        var exception = Assert.Throws<InvalidOperationException>(() => new OnnxModelWriter(info, graph, [Weight(1 << 15)], ""));
        Assert.Contains("limit of 2147483647", exception.Message, StringComparison.Ordinal);
        _ = new OnnxModelWriter(info, graph, [Weight((1 << 15) - 1)], "");
    }

    private static ProtobufMessage Export(Action<string, OnnxOutput> save)
    {
        using var folder = new TemporaryFolder();
        save(folder["network.onnx"], OnnxOutput.Predict);
        return new(File.ReadAllBytes(folder["network.onnx"]));
    }
}
