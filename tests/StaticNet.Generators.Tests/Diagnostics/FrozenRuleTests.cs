using System.Globalization;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>What is said about frozen classes and their files, and where.</summary>
public class FrozenRuleTests
{
    private const string Network = "[Network, Input(4), Dense(2), SoftmaxCrossEntropy] public partial class Net;\n";

    private static readonly (string Name, int[] Shape)[] s_tensors = [("dense1.weight", [2, 4]), ("dense1.bias", [2])];

    [Theory]
    [InlineData("[Frozen<Net>(\"net.safetensors\")] public class Reader;", "SN0001", "Reader")]
    [InlineData("class Outer { [Frozen<Net>(\"net.safetensors\")] public partial class Reader; }", "SN0013", "Reader")]
    [InlineData("[Frozen<Net>(\"net.safetensors\")] public partial record Reader;", "SN0017", "Reader")]
    [InlineData("class Other; [Frozen<Other>(\"net.safetensors\")] public partial class Reader;", "SN0040", "Frozen<Other>(\"net.safetensors\")")]
    [InlineData("[Frozen<Net>(\"none.safetensors\")] public partial class Reader;", "SN0041", "\"none.safetensors\"")]
    [InlineData("[Frozen<Net>(\"other.safetensors\")] public partial class Reader;", "SN0042", "\"other.safetensors\"")]
    public async Task It_is_said_where_it_was_written(string source, string id, string marked)
    {
        var found = Assert.Single(await Analyze(Network + source));

        Assert.Equal(id, found.Id);
        Assert.Equal(marked, found.Location.SourceTree!.ToString().Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("models/net.safetensors")]
    public async Task A_folder_before_the_name_makes_no_difference(string file) =>
        Assert.Empty(await Analyze($"{Network}[Frozen<Net>(\"{file}\")] public partial class Reader;"));

    [Fact]
    public async Task Tensors_that_differ_are_named_with_both_shapes()
    {
        var found = Assert.Single(await Analyze(Network + "[Frozen<Net>(\"other.safetensors\")] public partial class Reader;"));

        Assert.Equal(
            "'other.safetensors' is not of Net: dense1.weight is [2, 4] and there [2, 5]; it has no dense1.bias; it has dense9.bias besides. Save the file again from this Net.",
            found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_files_that_there_are_are_named()
    {
        var found = Assert.Single(await Analyze(Network + "[Frozen<Net>(\"none.safetensors\")] public partial class Reader;"));

        Assert.Contains("There are: net.safetensors, other.safetensors.", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>The network's own mistakes are said where the network is.</summary>
    [Fact]
    public async Task Of_a_wrong_network_nothing_is_said_where_it_is_frozen() => Assert.Empty(await Analyze(
        "[Network, Input(4), Dense(0), SoftmaxCrossEntropy] public partial class Net;\n[Frozen<Net>(\"net.safetensors\")] public partial class Reader;"));

    private static async Task<IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic>> Analyze(string source)
    {
        var weights = PreparedWeights.Of(("net.safetensors", s_tensors), ("other.safetensors", [("dense1.weight", [2, 5]), ("dense9.bias", [2])]));
        return await TestCompilation.Create(source).Analyze(weights, new FrozenAnalyzer());
    }
}
