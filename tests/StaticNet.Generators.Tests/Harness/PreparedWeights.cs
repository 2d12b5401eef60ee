using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StaticNet.Generators.Frozen;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>Files of weights as the build gives them to the compiler.</summary>
internal sealed class PreparedWeights : AnalyzerConfigOptionsProvider
{
    public static readonly PreparedWeights None = new([]);

    private PreparedWeights(ImmutableArray<AdditionalText> texts) => Texts = texts;

    public ImmutableArray<AdditionalText> Texts { get; }

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

    /// <summary>Files that have tensors of these names and shapes, and one value in all of them.</summary>
    public static PreparedWeights Of(params (string Name, (string Name, int[] Shape)[] Tensors)[] files) =>
        new([.. files.Select(file => new Text(file.Name, new WeightListing($"StaticNet/{file.Name}", 0, Listed(file.Tensors)).ToString()))]);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options(new() { ["build_metadata.AdditionalFiles.StaticNetWeights"] = textFile.Path });

    private static ListedTensor[] Listed((string Name, int[] Shape)[] tensors) =>
        Array.ConvertAll(tensors, tensor => new ListedTensor(
            tensor.Name, tensor.Shape, "", null, ListedTensor.Pack([.. Enumerable.Repeat(0.5f, tensor.Shape.Aggregate(1, (a, b) => a * b))])));

    private sealed class Text(string name, string text) : AdditionalText
    {
        public override string Path => name;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
