using Microsoft.CodeAnalysis;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Frozen;

/// <summary>A class with <c>[Frozen]</c> as its source says it.</summary>
/// <param name="Network">The layers of the network that is frozen, under the name of the class that is to be it.</param>
/// <param name="Original">The class that has the layers.</param>
/// <param name="Weights">The name of the file.</param>
internal sealed record FrozenSpec(NetworkSpec Network, string Original, string Weights)
{
    public const string Attribute = "StaticNet.FrozenAttribute`1";

    /// <summary>Whether the class that should have the layers is a network.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>The attribute that makes a class a frozen network; null when it has none.</summary>
    public static AttributeData? AttributeOf(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { Name: "FrozenAttribute", Arity: 1, ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } });

    public static FrozenSpec Parse(INamedTypeSymbol frozen, CancellationToken cancellation)
    {
        var attribute = AttributeOf(frozen)!;
        var original = attribute.AttributeClass!.TypeArguments[0] as INamedTypeSymbol;
        var network = original is { TypeKind: TypeKind.Class } ? NetworkParser.Parse(original, cancellation) : null;
        var own = NetworkParser.Parse(frozen, cancellation);
        return new FrozenSpec(
            own with { Layers = network?.Layers ?? [], IsExact = network?.IsExact ?? false },
            original?.Name ?? "",
            attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "")
        {
            HasNetwork = original is not null && NetworkParser.IsNetwork(original) && network!.Findings.Count == 0,
        };
    }

    /// <summary>The text that the build made of the file, among all that it made: by the name of the file, whatever folder is written before it.</summary>
    public WeightText? FindText(IEnumerable<WeightText> texts) =>
        texts.FirstOrDefault(text => text.Name == Weights.Substring(Weights.LastIndexOfAny(['/', '\\']) + 1));

    /// <summary>What is wrong with the class or its weights; nothing when it can be built, or when the network that it freezes is what is wrong.</summary>
    /// <param name="text">The text of the file; null when the build made none.</param>
    /// <param name="known">The names of the files that there are.</param>
    public IEnumerable<Finding> Check(WeightText? text, IEnumerable<string> known)
    {
        foreach (var finding in Network.Findings)
        {
            yield return finding;
        }

        if (!HasNetwork)
        {
            yield return Finding(Rules.NothingToFreeze, Original);
        }
        else if (NetworkAnalysis.Analyze(Network) is { HasErrors: false } model)
        {
            if (text is null)
            {
                yield return Finding(Rules.NoWeights, Weights, string.Join(", ", known.DefaultIfEmpty("none")));
            }
            else if (FrozenWeights.Bind(model, text) is { Problems: { Count: > 0 } problems })
            {
                yield return Finding(Rules.WeightsDoNotFit, Weights, Original, string.Join("; ", problems));
            }
        }

        static Finding Finding(string rule, params string[] values) => new(rule, Place.Class, -1, [.. values]);
    }
}

/// <summary>What the build made of a file of weights (<see cref="WeightListing"/>).</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Text">The listing.</param>
internal sealed record WeightText(string Name, string Text)
{
    /// <summary>The key under which the compiler has what a project says about a text beside the source.</summary>
    private const string Key = "build_metadata.AdditionalFiles.StaticNetWeights";

    /// <summary>A text that is a listing; null for others.</summary>
    public static WeightText? Of(AdditionalText file, Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        options.GetOptions(file).TryGetValue(Key, out var name) && name.Length > 0 && file.GetText(cancellation) is { } text
            ? new WeightText(name, text.ToString())
            : null;
}
