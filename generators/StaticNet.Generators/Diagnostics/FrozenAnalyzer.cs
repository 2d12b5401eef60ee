using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generators.Frozen;

namespace StaticNet.Generators.Diagnostics;

/// <summary>
/// Reports what is wrong with frozen classes and their weights, as <see cref="NetworkAnalyzer"/> does with networks. Of a network that is
/// wrong itself nothing is said where it is frozen.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FrozenAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.NotPartial, Descriptors.NestedOrGeneric, Descriptors.UnsuitableClass, Descriptors.NothingToFreeze, Descriptors.NoWeights, Descriptors.WeightsDoNotFit,
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(FrozenSpec.Attribute) is not null)
            {
                var files = start.Options;
                var texts = new Lazy<List<WeightText>>(() =>
                    [.. files.AdditionalFiles.Select(file => WeightText.Of(file, files.AnalyzerConfigOptionsProvider, CancellationToken.None)).OfType<WeightText>()]);
                start.RegisterSymbolAction(symbol => Analyze(symbol, texts), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<List<WeightText>> texts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (FrozenSpec.AttributeOf(type) is not { } attribute)
        {
            return;
        }

        var spec = FrozenSpec.Parse(type, context.CancellationToken);
        var locations = new FindingLocations(type, context.CancellationToken);
        foreach (var finding in spec.Check(spec.FindText(texts.Value), texts.Value.Select(text => text.Name)))
        {
            var location = finding.Rule switch
            {
                Rules.NothingToFreeze => FindingLocations.Of(attribute, -1, context.CancellationToken),
                Rules.NoWeights or Rules.WeightsDoNotFit => FindingLocations.Of(attribute, 0, context.CancellationToken),
                _ => locations.Of(finding),
            };
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OfFindings[finding.Rule], location, [.. finding.Values]));
        }
    }
}
