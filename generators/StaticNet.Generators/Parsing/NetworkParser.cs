using Microsoft.CodeAnalysis;

namespace StaticNet.Generators.Parsing;

/// <summary>From a class as the compiler sees it to its declaration. Only names and constants leave.</summary>
internal static class NetworkParser
{
    /// <summary>The attribute that makes a class a network.</summary>
    public const string NetworkAttribute = "StaticNet.NetworkAttribute";

    private const string Suffix = "Attribute";

    public static NetworkSpec Parse(INamedTypeSymbol network, CancellationToken cancellation)
    {
        var layers = LayerAttributes(network).Select(attribute => ReadLayer(attribute, cancellation));
        return new(
            network.ContainingNamespace.IsGlobalNamespace ? "" : network.ContainingNamespace.ToDisplayString(),
            network.Name,
            network.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            [.. layers],
            [.. ClassRules.Check(network, cancellation)]);
    }

    /// <summary>The attributes that declare inputs, layers and losses, in source order: those that findings count.</summary>
    public static IEnumerable<AttributeData> LayerAttributes(INamedTypeSymbol network) =>
        network.GetAttributes().Where(attribute => attribute.AttributeClass is { BaseType: not null } type && Declares(type.BaseType));

    private static bool Declares(INamedTypeSymbol? type) =>
        type is { Name: "DeclarationAttribute", ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } }
        || (type is not null && Declares(type.BaseType));

    private static LayerSpec ReadLayer(AttributeData attribute, CancellationToken cancellation)
    {
        var name = attribute.AttributeClass!.Name;
        var kind = name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
        return new(kind, [.. ArgumentReader.Read(attribute, cancellation)], ArgumentReader.IsBroken(attribute));
    }
}
