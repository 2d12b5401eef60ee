using Microsoft.CodeAnalysis;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators;

/// <summary>
/// The pipeline: classes with <c>[Network]</c> → what they declare, free of the compiler's objects → generated files. The middle step is
/// run again only for a declaration that has changed.
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

        context.RegisterSourceOutput(files, static (output, files) =>
        {
            foreach (var file in files)
            {
                output.AddSource(file.Name, file.Text);
            }
        });
    }
}

/// <summary>The names of the pipeline's steps, for tests of what is computed again.</summary>
internal static class TrackingNames
{
    public const string Spec = nameof(Spec);

    public const string Files = nameof(Files);
}
