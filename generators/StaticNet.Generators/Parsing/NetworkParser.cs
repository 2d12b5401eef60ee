using Microsoft.CodeAnalysis;

namespace StaticNet.Generators.Parsing;

/// <summary>From a class as the compiler sees it, and the blocks it uses, to its declaration. Only names and constants leave.</summary>
internal static class NetworkParser
{
    /// <summary>The attribute that makes a class a network.</summary>
    public const string NetworkAttribute = "StaticNet.NetworkAttribute";

    public static NetworkSpec Parse(INamedTypeSymbol network, CancellationToken cancellation)
    {
        var layers = LayerAttributes(network).Select(new BlockParser(cancellation).ReadLayer);
        return new(
            network.ContainingNamespace.IsGlobalNamespace ? "" : network.ContainingNamespace.ToDisplayString(),
            network.Name,
            network.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            [.. layers],
            [.. ClassRules.Check(network, cancellation)])
        {
            IsExact = Argument(network, "Exact") is true,
            Precision = Argument(network, "Precision") is int precision && Enum.IsDefined(typeof(ProductPrecision), precision) ? (ProductPrecision)precision : ProductPrecision.Float32,
        };
    }

    public static bool IsNetwork(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkAttribute);

    /// <summary>What the network's attribute says by name; null when it does not.</summary>
    private static object? Argument(INamedTypeSymbol network, string name) => network.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkAttribute)
        .SelectMany(attribute => attribute.NamedArguments)
        .FirstOrDefault(argument => argument.Key == name).Value.Value;

    /// <summary>The attributes that declare inputs, layers and losses, in source order: those that findings count.</summary>
    public static IEnumerable<AttributeData> LayerAttributes(ITypeSymbol type) =>
        type.GetAttributes().Where(attribute => attribute.AttributeClass is { BaseType: { } declared } && Declares(declared));

    private static bool Declares(INamedTypeSymbol? type) =>
        type is { Name: "DeclarationAttribute", ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } }
        || (type is not null && Declares(type.BaseType));
}
