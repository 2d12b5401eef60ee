using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>Gives logits to the loss that takes them, instead of to the one that takes probabilities.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LogitsLossFix : DeclarationFix<AttributeSyntax>
{
    private const string FromLogits = "FromLogits";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.ProbabilitiesExpected];

    /// <inheritdoc />
    protected override string? Title(AttributeSyntax node) =>
        IsCategorical(node) ? "Use SoftmaxCrossEntropy"
        : Switch(node) is not null ? $"Let {node.Name} take logits"
        : null;

    /// <inheritdoc />
    protected override SyntaxNode Fix(SyntaxNode root, AttributeSyntax node)
    {
        if (IsCategorical(node))
        {
            var name = LastName(node);
            return root.ReplaceNode(name, SyntaxFactory.IdentifierName("SoftmaxCrossEntropy").WithTriviaFrom(name));
        }

        var arguments = node.ArgumentList!.Arguments.Remove(Switch(node)!);
        var fixedNode = node.WithArgumentList(arguments.Count == 0 ? null : node.ArgumentList.WithArguments(arguments));
        return root.ReplaceNode(node, fixedNode);
    }

    private static bool IsCategorical(AttributeSyntax node) =>
        LastName(node).Identifier.ValueText is "CategoricalCrossEntropy" or "CategoricalCrossEntropyAttribute";

    private static SimpleNameSyntax LastName(AttributeSyntax node) => node.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        var name => (SimpleNameSyntax)name,
    };

    /// <summary>The argument that says the loss takes probabilities.</summary>
    private static AttributeArgumentSyntax? Switch(AttributeSyntax node) =>
        node.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == FromLogits);
}
