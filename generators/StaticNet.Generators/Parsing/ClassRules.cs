using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.Generators.Parsing;

/// <summary>What a class must be for its other half to be generated.</summary>
internal static class ClassRules
{
    public static IEnumerable<Finding> Check(INamedTypeSymbol network, CancellationToken cancellation)
    {
        var declarations = network.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().ToList();
        if (network.ContainingType is not null)
        {
            yield return OnClass(Rules.NestedOrGeneric, network.Name, "nested");
        }

        if (network.Arity > 0)
        {
            yield return OnClass(Rules.NestedOrGeneric, network.Name, "generic");
        }

        if (Unsuitable(network, declarations) is { } reason)
        {
            yield return OnClass(Rules.UnsuitableClass, network.Name, reason);
        }

        if (!declarations.All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            yield return OnClass(Rules.NotPartial, network.Name);
        }

        if (SpreadLayers(network, cancellation) is { } spread)
        {
            yield return spread;
        }
    }

    /// <summary>The finding about layers over several declarations; null when all are at one.</summary>
    public static Finding? SpreadLayers(INamedTypeSymbol type, CancellationToken cancellation) =>
        FirstElsewhere(type, cancellation) is >= 0 and var layer
            ? new(Rules.SpreadLayers, Place.Of(layer), -1, [type.Name], Place.Of(0))
            : null;

    private static Finding OnClass(string rule, params string[] values) => new(rule, Place.Class, -1, [.. values]);

    private static string? Unsuitable(INamedTypeSymbol network, List<TypeDeclarationSyntax> declarations) => network switch
    {
        { IsStatic: true } => "static",
        { IsAbstract: true } => "abstract",
        { IsRecord: true } => "a record",
        { IsFileLocal: true } => "local to its file",
        { BaseType.SpecialType: not SpecialType.System_Object } => "derived from another class",
        _ => declarations.Any(declaration => declaration.ParameterList is not null) ? "given a primary constructor" : null,
    };

    /// <summary>The first layer that is on another declaration than the one before it; -1 when all are together.</summary>
    private static int FirstElsewhere(INamedTypeSymbol network, CancellationToken cancellation)
    {
        SyntaxNode? first = null;
        var index = 0;
        foreach (var attribute in NetworkParser.LayerAttributes(network))
        {
            var declaration = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();
            first ??= declaration;
            if (declaration != first)
            {
                return index;
            }

            index++;
        }

        return -1;
    }
}
