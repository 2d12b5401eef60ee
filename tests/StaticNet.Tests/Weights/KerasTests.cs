using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Tests.Weights;

/// <summary>Files that hold tensors as Keras does.</summary>
public class KerasTests
{
    /// <summary>Elements of Keras' tensor count up in its own order; what arrives is compared index by index.</summary>
    [Theory]
    [InlineData("conv1.weight 5,2,3,4", "conv2d/kernel:0 3,4,2,5", "hwio")]
    [InlineData("conv1.weight 5,2,3,4", "layers/conv2d_7/vars/0 3,4,2,5", "hwio")]
    [InlineData("conv1.weight 5,2,3", "conv1d/kernel:0 3,2,5", "hio")]
    [InlineData("depthwiseconv1.weight 5,1,3,4", "depthwise_conv2d/depthwise_kernel:0 3,4,5,1", "hwo1")]
    [InlineData("depthwiseconv1.weight 6,1,3,4", "layers/depthwise_conv2d/vars/0 3,4,3,2", "hwo1")]
    [InlineData("convtranspose1.weight 2,5,3,4", "conv2d_transpose/kernel:0 3,4,5,2", "hwio")]
    [InlineData("dense1.weight 5,7", "dense/kernel:0 7,5", "io")]
    [InlineData("dense1.weight 5,7", "dense/dense/kernel 7,5", "io")]
    public void Elements_are_turned(string parameter, string tensor, string order)
    {
        using var folder = new TemporaryFolder();
        using var network = WeightNamesTests.Create(parameter, seed: 1);
        Write(folder, tensor);

        var report = WeightFile.Load(network, folder["net"], layout: WeightLayout.Keras);

        Assert.True(report.IsExact);
        var (view, theirs) = (network.Parameter(0), Shape(tensor));
        var shape = view.Shape.ToArray();
        for (var element = 0; element < view.Length; element++)
        {
            var (rest, at) = (element, new int[shape.Length]);
            for (var axis = shape.Length - 1; axis >= 0; axis--)
                (rest, at[axis]) = (rest / shape[axis], rest % shape[axis]);

            // Outputs, inputs, height, width of the element, in the order in which Keras has them.
            var value = order.Where(axis => axis != '1').Aggregate(0, (sum, axis) => axis switch
            {
                'o' => (sum * shape[0]) + at[0],
                'i' => (sum * shape[1]) + at[1],
                'h' => (sum * shape[2]) + at[2],
                _ => (sum * shape[3]) + at[3],
            });
            Assert.Equal(value, view[at]);
        }
    }

    [Fact]
    public void Columns_behind_a_flattened_image_stay_in_its_order()
    {
        const int height = 2, width = 3, channels = 4, units = 5;
        var layout = ParameterLayout.Matrix(units, height * width * channels, height * width);
        var info = new NetworkInfo
        {
            Name = "Net",
            InputSizes = [1],
            OutputSize = 1,
            Parameters = [new("dense1.weight", [units, height * width * channels], 0, layout)],
            Layers = [],
        };
        using var folder = new TemporaryFolder();
        using var network = new NetworkCore(info, 1, () => new LinearWorkspace(WeightFileTests.Describe(("dense1", 3, 5))));
        Write(folder, $"dense/kernel:0 {height * width * channels},{units}");

        WeightFile.Load(network, folder["net"], layout: WeightLayout.Keras);

        for (var unit = 0; unit < units; unit++)
        {
            for (var place = 0; place < height * width; place++)
            {
                for (var channel = 0; channel < channels; channel++)
                    Assert.Equal((((place * channels) + channel) * units) + unit, network.Parameter(0)[unit, (channel * height * width) + place]);
            }
        }
    }

    [Theory]
    [InlineData("batch_normalization/gamma:0 4; batch_normalization/beta:0 4; batch_normalization/moving_mean:0 4; batch_normalization/moving_variance:0 4; dense_1/kernel:0 3,2; dense_1/bias:0 2; dense_2/kernel:0 3,2; dense_2/bias:0 2")]
    [InlineData("layers/bn/vars/0 4; layers/bn/vars/1 4; layers/bn/vars/2 4; layers/bn/vars/3 4; layers/dense/vars/0 3,2; layers/dense/vars/1 2; layers/dense_1/vars/0 3,2; layers/dense_1/vars/1 2")]
    public void Names_are_those_of_both_versions_and_metadata_tells_them(string tensors)
    {
        using var folder = new TemporaryFolder();
        using var network = WeightNamesTests.Create("batchnorm1 4; dense1.weight 2,3; dense1.bias 2; dense2.weight 2,3; dense2.bias 2", seed: 1);
        Write(folder, tensors, """ "__metadata__":{"format":"keras"}, """);

        var report = WeightFile.Load(network, folder["net"]);

        Assert.True(report.IsExact);
        Assert.Equal(WeightLayout.Keras, report.Layout);
        Assert.Equal(tensors.Split("; ").Select(tensor => tensor.Split(' ')[0]), report.Matched.Select(name => report.Sources[name]));
    }

    private static void Write(TemporaryFolder folder, string tensors, string metadata = "")
    {
        var (offset, entries, data) = (0, new List<string>(), new List<byte>());
        foreach (var tensor in tensors.Split("; "))
        {
            var (shape, begin) = (Shape(tensor), offset);
            var size = shape.Aggregate(1, (a, b) => a * b);
            offset += 4 * size;
            entries.Add($$"""
                "{{tensor.Split(' ')[0]}}":{"dtype":"F32","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{begin}},{{offset}}]}
                """);
            data.AddRange(Enumerable.Range(0, size).SelectMany(i => BitConverter.GetBytes((float)i)));
        }

        folder.Write("net", SafetensorsTests.File($"{{{metadata}{string.Join(",", entries)}}}", [.. data]));
    }

    private static int[] Shape(string tensor) => Array.ConvertAll(tensor.Split(' ')[1].Split(','), int.Parse);
}
