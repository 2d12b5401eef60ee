using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>Makes a class with layers a network.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddNetworkFix : DeclarationFix<AttributeListSyntax>
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.LayersWithoutNetwork];

    /// <inheritdoc />
    protected override string Title(AttributeListSyntax node) => "Add [Network]";

    /// <inheritdoc />
    protected override SyntaxNode Fix(SyntaxNode root, AttributeListSyntax node)
    {
        // Above the layers and under the documentation, on a line like theirs.
        var indentation = node.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToArray();
        var endOfLine = node.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var attribute = SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Network"));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(node.GetLeadingTrivia())
            .WithTrailingTrivia(endOfLine == default ? SyntaxFactory.Space : endOfLine);
        return root.ReplaceNode(node, new[] { list, node.WithLeadingTrivia(indentation) });
    }
}
