using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Diagnostics;

/// <summary>Where the findings about a network were written.</summary>
internal sealed class FindingLocations(INamedTypeSymbol network, CancellationToken cancellation)
{
    private readonly List<AttributeData> _layers = [.. NetworkParser.LayerAttributes(network)];

    /// <summary>The argument, the attribute or the name of the class.</summary>
    public Location Of(Finding finding) =>
        finding.Layer < 0 ? ClassName() : Of(_layers[finding.Layer], finding.Argument, cancellation);

    /// <summary>The other attribute that takes part, if there is one.</summary>
    public IEnumerable<Location> RelatedTo(Finding finding) =>
        finding.Related < 0 ? [] : [Of(_layers[finding.Related], -1, cancellation)];

    /// <summary>An argument of an attribute as written; the whole attribute when it has none at this position.</summary>
    public static Location Of(AttributeData attribute, int argument, CancellationToken cancellation)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
        return syntax is AttributeSyntax { ArgumentList.Arguments: var arguments } && argument >= 0 && argument < arguments.Count
            ? arguments[argument].GetLocation()
            : syntax?.GetLocation() ?? Location.None;
    }

    /// <summary>The name of the class, at the declaration that makes it a network.</summary>
    private Location ClassName()
    {
        var attribute = network.GetAttributes().First(a => a.AttributeClass?.ToDisplayString() == NetworkParser.NetworkAttribute);
        var declaration = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<BaseTypeDeclarationSyntax>();
        return declaration?.Identifier.GetLocation() ?? network.Locations[0];
    }
}
