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
            IsExact = network.GetAttributes().Any(attribute =>
                attribute.AttributeClass?.ToDisplayString() == NetworkAttribute && attribute.NamedArguments.Any(argument => argument is { Key: "Exact", Value.Value: true })),
        };
    }

    /// <summary>The attributes that declare inputs, layers and losses, in source order: those that findings count.</summary>
    public static IEnumerable<AttributeData> LayerAttributes(ITypeSymbol type) =>
        type.GetAttributes().Where(attribute => attribute.AttributeClass is { BaseType: { } declared } && Declares(declared));

    private static bool Declares(INamedTypeSymbol? type) =>
        type is { Name: "DeclarationAttribute", ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } }
        || (type is not null && Declares(type.BaseType));
}
