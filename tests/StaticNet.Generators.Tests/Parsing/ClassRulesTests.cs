namespace StaticNet.Generators.Tests.Parsing;

public class ClassRulesTests
{
    private const string Layers = "[Network, Input(4), Dense(2)]";

    [Theory]
    [InlineData("public partial class Net;")]
    [InlineData("public sealed partial class Net : System.IDisposable { public void Dispose() { } }")]
    [InlineData("partial class Net; partial class Net;")]
    public void Ordinary_partial_classes_can_be_networks(string declaration) => Assert.Empty(Source.Parse($"{Layers} {declaration}").Findings);

    [Theory]
    [InlineData("public class Net;", "SN0001 -1:-1 Net")]
    [InlineData("public static partial class Net;", "SN0017 -1:-1 Net|static")]
    [InlineData("public abstract partial class Net;", "SN0017 -1:-1 Net|abstract")]
    [InlineData("public partial record Net;", "SN0017 -1:-1 Net|a record")]
    [InlineData("public partial class Net : System.IO.MemoryStream;", "SN0017 -1:-1 Net|derived from another class")]
    [InlineData("public partial class Net(int size) { public int Size => size; }", "SN0017 -1:-1 Net|given a primary constructor")]
    public void Other_classes_cannot(string declaration, string finding) =>
        Assert.Equal([finding], Source.Parse($"{Layers} {declaration}").Findings.Select(Source.Describe));

    [Fact]
    public void Nested_classes_cannot() => Assert.Equal(
        ["SN0013 -1:-1 Net|nested"],
        Source.Parse($"partial class Outer {{ {Layers} public partial class Net; }}", "Outer+Net").Findings.Select(Source.Describe));

    [Fact]
    public void Generic_classes_cannot() => Assert.Equal(
        ["SN0013 -1:-1 Net|generic"],
        Source.Parse($"{Layers} public partial class Net<T>;", "Net`1").Findings.Select(Source.Describe));

    [Fact]
    public void Layers_are_all_on_one_declaration()
    {
        var spec = Source.Parse("[Network, Input(4), Dense(8)] public partial class Net; [Relu, Dense(2)] public partial class Net;");

        Assert.Equal(["SN0008 2:-1 Net"], spec.Findings.Select(Source.Describe));
    }

    [Fact]
    public void The_network_attribute_may_be_on_another_declaration() =>
        Assert.Empty(Source.Parse("[Network] public partial class Net; [Input(4), Dense(8), Relu, Dense(2)] public partial class Net;").Findings);
}
