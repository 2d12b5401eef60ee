using Microsoft.CodeAnalysis;
using StaticNet.Generators.Frozen;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators;

/// <summary>
/// The pipeline: classes with <c>[Network]</c> → what they declare, free of the compiler's objects → generated files; classes with
/// <c>[Frozen]</c> likewise, with the text of their weights. The middle step is run again only for a declaration that has changed.
/// </summary>
[Generator(LanguageNames.CSharp)]
internal sealed class NetworkGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "StaticNet.NetworkAttribute",
                static (node, _) => true,
                static (match, cancellation) => NetworkParser.Parse((INamedTypeSymbol)match.TargetSymbol, cancellation))
            .WithTrackingName(TrackingNames.Spec);

        // Kernels for GPUs are part of a network unless the project says <StaticNetEmitPtx>false</StaticNetEmitPtx>.
        var emitPtx = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            !options.GlobalOptions.TryGetValue("build_property.StaticNetEmitPtx", out var value) || !value.Equals("false", StringComparison.OrdinalIgnoreCase));

        var files = specs
            .Combine(emitPtx)
            .Select(static (source, _) => NetworkCompiler.Compile(source.Left, emitPtx: source.Right))
            .WithTrackingName(TrackingNames.Files);

        // Frozen classes take their weights from texts that the build makes of files.
        var weights = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (source, cancellation) => WeightText.Of(source.Left, source.Right, cancellation))
            .Where(static text => text is not null)
            .Collect();

        var frozen = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                FrozenSpec.Attribute,
                static (node, _) => true,
                static (match, cancellation) => FrozenSpec.Parse((INamedTypeSymbol)match.TargetSymbol, cancellation))
            .WithTrackingName(TrackingNames.FrozenSpec)
            .Combine(weights)
            .Select(static (source, _) => (Spec: source.Left, Text: source.Left.FindText(source.Right!)))
            .Select(static (source, _) => FrozenCompiler.Compile(source.Spec, source.Text))
            .WithTrackingName(TrackingNames.FrozenFiles);

        context.RegisterSourceOutput(files, Add);
        context.RegisterSourceOutput(frozen, Add);
    }

    private static void Add(SourceProductionContext output, EquatableArray<GeneratedFile> files)
    {
        foreach (var file in files)
        {
            output.AddSource(file.Name, file.Text);
        }
    }
}

/// <summary>The names of the pipeline's steps, for tests of what is computed again.</summary>
internal static class TrackingNames
{
    public const string Spec = nameof(Spec);

    public const string Files = nameof(Files);

    public const string FrozenSpec = nameof(FrozenSpec);

    public const string FrozenFiles = nameof(FrozenFiles);
}
