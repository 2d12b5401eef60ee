using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Diagnostics;

/// <summary>
/// Reports what is wrong with declared networks. It reads and analyses a declaration as the generator does and puts every finding where
/// it was written; the generator itself reports nothing, so that what it keeps has no locations and <c>#pragma</c> works as everywhere.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <summary>A property of diagnostics about a layer in a block: fixes of the layer have nothing to mend where the block is used.</summary>
    internal const string InBlock = nameof(InBlock);

    private static readonly ImmutableDictionary<string, string?> PropertiesInBlock = ImmutableDictionary<string, string?>.Empty.Add(InBlock, null);

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. Descriptors.OfFindings.Values.Append(Descriptors.LayersWithoutNetwork).OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(NetworkParser.NetworkAttribute) is { } network)
            {
                start.RegisterSymbolAction(symbol => Analyze(symbol, network), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol networkAttribute)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var attributes = type.GetAttributes();
        if (!attributes.Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, networkAttribute)))
        {
            if (!BlockParser.IsBlock(type) && NetworkParser.LayerAttributes(type).FirstOrDefault() is { } layer)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.LayersWithoutNetwork, FindingLocations.Of(layer, -1, context.CancellationToken), type.Name));
            }

            return;
        }

        var spec = NetworkParser.Parse(type, context.CancellationToken);

        // An attribute that the compiler does not know may be a misspelt layer: its error is the one to mend first.
        var isComplete = attributes.All(attribute => attribute.AttributeClass is { TypeKind: not TypeKind.Error });
        var findings = isComplete ? NetworkAnalysis.Analyze(spec).Findings : spec.Findings;
        var locations = new FindingLocations(type, context.CancellationToken);
        foreach (var finding in findings)
        {
            context.ReportDiagnostic(Diagnose(finding, locations));
        }
    }

    /// <summary>A finding as a diagnostic. The words of one in a block begin with the block, since its place is where that is used.</summary>
    private static Diagnostic Diagnose(Finding finding, FindingLocations locations)
    {
        var rule = Descriptors.OfFindings[finding.Rule];
        var (location, related, place) = (locations.Of(finding), locations.RelatedTo(finding), finding.Place);
        if (!place.IsInBlock)
        {
            return Diagnostic.Create(rule, location, related, [.. finding.Values]);
        }

        var words = string.Format(CultureInfo.InvariantCulture, rule.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. finding.Values]);
        return Diagnostic.Create(
            rule.Id, rule.Category, $"In {place.Block} ({place.Use}): {words}", rule.DefaultSeverity, rule.DefaultSeverity, isEnabledByDefault: true,
            warningLevel: rule.DefaultSeverity == DiagnosticSeverity.Error ? 0 : 1, rule.Title, rule.Description, rule.HelpLinkUri, location, related,
            customTags: null, PropertiesInBlock);
    }
}
