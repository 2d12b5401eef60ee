using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>Makes a network partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakePartialFix : DeclarationFix<ClassDeclarationSyntax>
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.NotPartial];

    /// <inheritdoc />
    protected override string Title(ClassDeclarationSyntax node) => $"Make '{node.Identifier.ValueText}' partial";

    /// <inheritdoc />
    protected override SyntaxNode Fix(SyntaxNode root, ClassDeclarationSyntax node)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);

        // Without another modifier the keyword 'class' begins its line and has the indentation.
        var fixedNode = node.Modifiers.Count > 0
            ? node.AddModifiers(partial)
            : node.WithKeyword(node.Keyword.WithLeadingTrivia()).AddModifiers(partial.WithLeadingTrivia(node.Keyword.LeadingTrivia));
        return root.ReplaceNode(node, fixedNode);
    }
}
