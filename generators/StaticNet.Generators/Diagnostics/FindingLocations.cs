using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Frozen;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Diagnostics;

/// <summary>Where the findings about a network were written.</summary>
internal sealed class FindingLocations(INamedTypeSymbol network, CancellationToken cancellation)
{
    private readonly List<AttributeData> _layers = [.. NetworkParser.LayerAttributes(network)];

    /// <summary>The argument, the attribute or the name of the class; for what is in a block, the attribute that uses it.</summary>
    public Location Of(Finding finding) => finding.Place switch
    {
        { Path.Count: 0 } => ClassName(),
        { IsInBlock: true } place => Of(_layers[place.Attribute], -1, cancellation),
        var place => Of(_layers[place.Attribute], finding.Argument, cancellation),
    };

    /// <summary>The argument or attribute in the block, and the other attribute that takes part, where there are such and their source.</summary>
    public IEnumerable<Location> RelatedTo(Finding finding)
    {
        List<Location?> locations =
        [
            finding.Place.IsInBlock ? InBlock(finding.Place, finding.Argument) : null,
            finding.Related is { Path.Count: > 0 } related ? InBlock(related, -1) : null,
        ];
        return locations.OfType<Location>().Where(location => location.IsInSource);
    }

    /// <summary>Follows a path from the network into its blocks.</summary>
    private Location InBlock(Place place, int argument)
    {
        var attribute = _layers[place.Attribute];
        foreach (var step in place.Path.Skip(1))
        {
            var block = step < 0 ? BlockParser.ShortcutOf(attribute) : BlockParser.BlockOf(attribute);
            attribute = NetworkParser.LayerAttributes(block!).ElementAt(step < 0 ? ~step : step);
        }

        return Of(attribute, argument, cancellation);
    }

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
        var attribute = network.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == NetworkParser.NetworkAttribute) ?? FrozenSpec.AttributeOf(network);
        var declaration = attribute?.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<BaseTypeDeclarationSyntax>();
        return declaration?.Identifier.GetLocation() ?? network.Locations[0];
    }
}
