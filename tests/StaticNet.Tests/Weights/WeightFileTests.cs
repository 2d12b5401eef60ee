using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Tests.Weights;

public class WeightFileTests
{
    private static readonly NetworkInfo s_info = Describe(("dense1", 5, 37), ("dense2", 3, 5));

    [Fact]
    public void Saved_parameters_come_back_and_padding_is_cleared()
    {
        using var folder = new TemporaryFolder();
        using var saved = Network(seed: 1);
        using var loaded = Network(seed: 2);
        for (var i = 0; i < loaded.ParameterSpan.Length; i++)
        {
            loaded.ParameterSpan[i] = float.NaN;
        }

        WeightFile.Save(saved, folder["net.safetensors"]);
        var report = WeightFile.Load(loaded, folder["net.safetensors"]);

        Assert.Equal(saved.ParameterSpan, loaded.ParameterSpan);
        Assert.True(report.IsExact);
        Assert.Equal(["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"], report.Matched);
        Assert.Equal(["net.safetensors"], folder.Files);
    }

    [Fact]
    public void Layers_with_numbers_for_names_are_taken_in_order()
    {
        using var folder = new TemporaryFolder();
        using var saved = Network(seed: 1);
        using var loaded = Network(seed: 2);

        // As text, 10 comes before 9.
        WeightFile.Save(Renamed(saved, "model.9.weight", "model.9.bias", "model.10.weight", "model.10.bias"), folder["net"]);
        var report = WeightFile.Load(loaded, folder["net"]);

        Assert.Equal(saved.ParameterSpan, loaded.ParameterSpan);
        Assert.True(report.IsExact);
    }

    [Fact]
    public void Numbered_file_of_more_layers_is_not_taken_for_the_first_ones()
    {
        using var folder = new TemporaryFolder();
        using var saved = new NetworkCore(Describe(("0", 5, 37), ("1", 3, 5), ("2", 2, 3)), 1, NoWork);
        using var loaded = Network(seed: 2);
        WeightFile.Save(saved, folder["net"]);

        var error = Assert.Throws<WeightFormatException>(() => WeightFile.Load(loaded, folder["net"]));

        Assert.Equal(["2.bias", "2.weight"], error.Report!.Unexpected);
    }

    [Fact]
    public void Strict_loading_reports_all_differences_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var saved = new NetworkCore(Describe(("dense1", 5, 38), ("extra", 3, 6)), 1, NoWork);
        using var loaded = Network(seed: 2);
        WeightFile.Save(saved, folder["net"]);
        var before = loaded.ParameterSpan.ToArray();

        var error = Assert.Throws<WeightFormatException>(() => WeightFile.Load(loaded, folder["net"]));

        var report = error.Report!;
        Assert.Equal(["dense1.bias"], report.Matched);
        Assert.Equal(["dense2.weight", "dense2.bias"], report.Missing);
        Assert.Equal(["extra.bias", "extra.weight"], report.Unexpected);
        Assert.Equal([new WeightMismatch("dense1.weight", "F32 [5, 37]", "F32 [5, 38]")], report.Mismatched);
        Assert.Contains("dense1.weight (network F32 [5, 37], file F32 [5, 38])", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, loaded.ParameterSpan);
    }

    [Fact]
    public void Loose_loading_takes_what_fits()
    {
        using var folder = new TemporaryFolder();
        using var saved = new NetworkCore(Describe(("dense1", 5, 37), ("other", 3, 6)), 1, NoWork);
        using var loaded = Network(seed: 2);
        WeightFile.Save(saved, folder["net"]);
        var (before, second) = (loaded.ParameterSpan.ToArray(), (int)s_info.Parameters[2].Offset);

        var report = WeightFile.Load(loaded, folder["net"], strict: false);

        Assert.Equal(["dense1.weight", "dense1.bias"], report.Matched);
        Assert.Equal(saved.ParameterSpan[..second], loaded.ParameterSpan[..second]);
        Assert.Equal(before.AsSpan(second), loaded.ParameterSpan[second..]);
    }

    /// <summary>PyTorch counts the batches that running statistics have seen, as one whole number.</summary>
    [Theory]
    [InlineData("batchnorm1", true)]
    [InlineData("4", true)]
    [InlineData("other", false)]
    public void Batches_that_PyTorch_counted_are_no_difference(string layer, bool isExact)
    {
        string[] names = ["weight", "bias", "running_mean", "running_var"];
        var info = new NetworkInfo
        {
            Name = "Net",
            InputSizes = [2],
            OutputSize = 2,
            Parameters =
            [
                .. names.Select((name, i) => new ParameterInfo($"batchnorm1.{name}", [2], 16 * i, ParameterLayout.Vector(2)) { IsState = i >= 2 }),
            ],
            Layers = [],
        };
        var tensors = names.Select((name, i) => $"\"{(isExact ? layer : "batchnorm1")}.{name}\":{{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[{8 * i},{8 * (i + 1)}]}}");
        var header = $"{{{string.Join(",", tensors)},\"{layer}.num_batches_tracked\":{{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[32,40]}}}}";
        float[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        using var folder = new TemporaryFolder();
        folder.Write("net", SafetensorsTests.File(header, [.. values.SelectMany(BitConverter.GetBytes), .. BitConverter.GetBytes(12L)]));
        using var loaded = new NetworkCore(info, 1, () => new LinearWorkspace(s_info));

        var report = WeightFile.Load(loaded, folder["net"], strict: false);

        Assert.Equal(isExact, report.IsExact);
        Assert.Equal(isExact ? [] : ["other.num_batches_tracked"], report.Unexpected);
        Assert.Equal(values, Enumerable.Range(0, 8).Select(i => loaded.ParameterSpan[(i / 2 * 16) + (i % 2)]));
    }

    [Fact]
    public void Truncated_file_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var network = Network(seed: 1);
        WeightFile.Save(network, folder["net"]);
        var whole = File.ReadAllBytes(folder["net"]);
        using var loaded = Network(seed: 2);
        var before = loaded.ParameterSpan.ToArray();
        foreach (var length in new[] { 0, 5, 8, 100, whole.Length - 1 })
        {
            var path = folder.Write("short", whole[..length]);
            Assert.Throws<WeightFormatException>(() => WeightFile.Load(loaded, path));
        }

        Assert.Throws<FileNotFoundException>(() => WeightFile.Load(loaded, folder["none"]));
        Assert.Equal(before, loaded.ParameterSpan);
    }

    [Fact]
    public void Unwritable_path_leaves_files_alone()
    {
        using var folder = new TemporaryFolder();
        using var network = Network(seed: 1);
        Assert.Throws<DirectoryNotFoundException>(() => WeightFile.Save(network, folder["none/net"]));
        Assert.Throws<ArgumentException>(() => WeightFile.Save(network, ""));

        // A folder of that name cannot be replaced by a file; the half-made file is gone again.
        Directory.CreateDirectory(folder["taken"]);
        Assert.ThrowsAny<Exception>(() => WeightFile.Save(network, folder["taken"]));
        Assert.Empty(folder.Files);
        Assert.True(Directory.Exists(folder["taken"]));
    }

    [Fact]
    public void Saving_replaces_a_file_in_one_piece()
    {
        using var folder = new TemporaryFolder();
        using var network = Network(seed: 1);
        folder.Write("net", "old");
        WeightFile.Save(network, folder["net"]);
        using var loaded = Network(seed: 2);
        Assert.True(WeightFile.Load(loaded, folder["net"]).IsExact);
        Assert.Equal(["net"], folder.Files);
    }

    private static NetworkCore Network(int seed) => new(s_info, seed, NoWork);

    /// <summary>Nothing runs in these tests.</summary>
    private static LinearWorkspace NoWork() => new(s_info);

    /// <summary>A network with the same parameters under other names.</summary>
    private static NetworkCore Renamed(NetworkCore network, params string[] names)
    {
        var parameters = network.Info.Parameters.Select((parameter, i) => parameter with { Name = names[i] });
        var renamed = new NetworkCore(network.Info with { Parameters = [.. parameters] }, 0, NoWork);
        network.ParameterSpan.CopyTo(renamed.ParameterSpan);
        return renamed;
    }

    internal static NetworkInfo Describe(params (string Name, int Outputs, int Inputs)[] layers)
    {
        var parameters = new List<ParameterInfo>();
        var offset = 0L;
        foreach (var (name, outputs, inputs) in layers)
        {
            var one = LinearNetwork.Describe(inputs, outputs, classes: false);
            parameters.AddRange(one.Parameters.Select(parameter => parameter with
            {
                Name = parameter.Name.Replace("dense1", name, StringComparison.Ordinal),
                Offset = parameter.Offset + offset,
                Initializer = InitializerKind.GlorotNormal,
            }));
            offset += one.ParameterFloats;
        }

        return new NetworkInfo
        {
            Name = "Net",
            InputSizes = [layers[0].Inputs],
            OutputSize = layers[^1].Outputs,
            Parameters = [.. parameters],
            Layers = [],
        };
    }
}
