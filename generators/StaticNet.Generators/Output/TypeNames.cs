using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>The library's types for shapes, as C# text.</summary>
internal static class TypeNames
{
    /// <summary><c>Shape&lt;N28, N28, N1&gt;</c>.</summary>
    public static string Shape(EquatableArray<int> shape) =>
        $"global::StaticNet.Shape<{string.Join(", ", shape.Select(Dimension))}>";

    /// <summary>The shape of all inputs: that of the only one, or <c>Inputs&lt;…&gt;</c>.</summary>
    public static string Inputs(NetworkModel model) => model.Inputs.Count == 1
        ? Shape(model.Inputs[0].Shape)
        : $"global::StaticNet.Inputs<{string.Join(", ", model.Inputs.Select(i => Shape(i.Shape)))}>";

    public static string Target(TargetModel target) => target.Kind == TargetKind.ClassIndex
        ? $"global::StaticNet.ClassIndex<{Dimension(target.Classes)}>"
        : Shape(target.Shape);

    /// <summary>An identifier that may be a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : $"@{name}";

    /// <summary>A string in quotes.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A type in documentation, with braces for angle brackets.</summary>
    public static string Documented(string type) => type.Replace("global::StaticNet.", "").Replace('<', '{').Replace('>', '}');

    /// <summary><c>N28</c>; above 999 in base 1000: 4096 is <c>N&lt;N4, N96&gt;</c>.</summary>
    private static string Dimension(int size) => size < 1000
        ? $"global::StaticNet.N{size}"
        : $"global::StaticNet.N<{Dimension(size / 1000)}, global::StaticNet.N{size % 1000}>";
}
