using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Tests.Parsing;

public class NetworkParserTests
{
    [Fact]
    public void Attributes_keep_source_order_in_mixed_brackets()
    {
        var spec = Source.Network("[Input(28, 28)] [Flatten, Dense(128), Relu] [Dense(10)] [SoftmaxCrossEntropy]");

        Assert.Equal(["Input", "Flatten", "Dense", "Relu", "Dense", "SoftmaxCrossEntropy"], spec.Layers.Select(layer => layer.Kind));
        Assert.Empty(spec.Findings);
    }

    [Fact]
    public void Attributes_that_declare_nothing_do_not_count()
    {
        var spec = Source.Parse("[Input(4)] [System.Serializable] [Network] [Dense(2)] internal partial class Net;");

        Assert.Equal(["Input", "Dense"], spec.Layers.Select(layer => layer.Kind));
        Assert.Equal("internal", spec.Accessibility);
    }

    [Fact]
    public void Names_of_class_and_namespace_are_kept()
    {
        var spec = Source.Parse("namespace A.B { [Network, Input(4), Dense(2)] public partial class Net; }", "A.B.Net");

        Assert.Equal(("A.B", "Net", "A.B.Net", "public"), (spec.Namespace, spec.Name, spec.FullName, spec.Accessibility));
    }

    [Fact]
    public void Arguments_have_values_and_the_places_where_they_were_written()
    {
        var dense = Source.Network("""[Input(4)] [Dense(units: 2 + 1, L2 = 1e-4, UseBias = false, Initializer = Initializer.HeUniform, As = "head")]""").Layers[1];

        Assert.Equal(
            [
                new ArgumentSpec("units", 0, 3),
                new ArgumentSpec("L2", 1, 1e-4),
                new ArgumentSpec("UseBias", 2, false),
                new ArgumentSpec("Initializer", 3, 5) { Text = "Initializer.HeUniform" },
                new ArgumentSpec("As", 4, "head"),
            ],
            dense.Arguments);
    }

    [Fact]
    public void Declarations_are_equal_when_they_say_the_same()
    {
        const string Layers = """[Input(4)] [Dense(3, L2 = 0.5, As = "a"), Relu] [Concat("a", "relu1")]""";
        var (spec, model) = (Source.Network(Layers), Source.Analyze(Layers));

        Assert.Equal(spec, Source.Network($"/* one */ {Layers} // two\n"));
        Assert.Equal(model, Source.Analyze(Layers));
        Assert.Equal(spec.GetHashCode(), Source.Network(Layers).GetHashCode());
        Assert.NotEqual(spec, Source.Network(Layers.Replace("0.5", "0.25", StringComparison.Ordinal)));
        Assert.NotEqual(model, Source.Analyze(Layers.Replace("relu1", "input", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[Input(28, 28, 1)]", true)]
    [InlineData("[Input(new[] { 28, 28, 1 })]", false)]
    [InlineData("[Input([28, 28, 1])]", false)]
    public void Arrays_are_one_argument_however_they_are_written(string input, bool isExpanded)
    {
        var argument = Assert.Single(Source.Network($"{input} [Flatten]").Layers[0].Arguments);

        Assert.Equal(new ArgumentSpec("shape", 0, new EquatableArray<int>(28, 28, 1), isExpanded), argument);
    }
}
