using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Tests.Layers;

/// <summary>The library's attributes and the generator's layers are two assemblies that must say the same.</summary>
public class LayerCatalogTests
{
    private static readonly Type[] Attributes =
        [.. typeof(DeclarationAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(DeclarationAttribute)) && !type.IsAbstract)];

    [Fact]
    public void Every_attribute_has_its_layer_and_every_layer_its_attribute() => Assert.Equal(
        Attributes.Select(KindOf).Order(StringComparer.Ordinal),
        LayerCatalog.Parts.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Losses_are_losses_and_layers_layers()
    {
        foreach (var attribute in Attributes)
        {
            var kind = KindOf(attribute);
            var part = LayerCatalog.Parts[kind](new Arguments(new(kind, []), Place.Of(0), []));
            var expected = attribute.IsSubclassOf(typeof(LossAttribute)) ? typeof(Loss)
                : attribute.IsGenericType ? typeof(BlockUse)
                : attribute.IsSubclassOf(typeof(LayerAttribute)) ? typeof(Layer)
                : typeof(Input);
            Assert.IsAssignableFrom(expected, part);
        }
    }

    [Theory]
    [InlineData(typeof(Initializer), typeof(WeightArguments.Choice))]
    [InlineData(typeof(Targets), typeof(ClassLoss.TargetForm))]
    [InlineData(typeof(GeluApproximation), typeof(Gelu.Form))]
    [InlineData(typeof(Layout), typeof(Input.Order))]
    [InlineData(typeof(Interpolation), typeof(Upsample2D.Interpolation))]
    [InlineData(typeof(Width), typeof(ChannelCount.Proportion))]
    public void Enumerations_are_equal_number_by_number(Type library, Type generator) =>
        Assert.Equal(Numbered(library), Numbered(generator));

    [Fact]
    public void Initializers_after_the_default_are_those_of_parameters() => Assert.Equal(
        Numbered(typeof(Initializer)).Skip(1),
        Enum.GetValues<InitializerKind>().Select(kind => ($"{kind}", (int)kind + 1)));

    private static string KindOf(Type attribute) => attribute.Name[..attribute.Name.IndexOf("Attribute", StringComparison.Ordinal)];

    private static IEnumerable<(string Name, int Number)> Numbered(Type type) =>
        Enum.GetNames(type).Zip(Enum.GetValuesAsUnderlyingType(type).Cast<int>());
}
