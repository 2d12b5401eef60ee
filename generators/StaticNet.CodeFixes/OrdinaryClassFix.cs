using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>Removes the modifier with which a class cannot be a network: <c>static</c>, <c>abstract</c>, <c>file</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OrdinaryClassFix : DeclarationFix<ClassDeclarationSyntax>
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.UnsuitableClass];

    /// <inheritdoc />
    protected override string? Title(ClassDeclarationSyntax node) => Find(node) is { } modifier ? $"Remove '{modifier.ValueText}'" : null;

    /// <inheritdoc />
    protected override SyntaxNode Fix(SyntaxNode root, ClassDeclarationSyntax node)
    {
        var modifier = Find(node)!.Value;
        var index = node.Modifiers.IndexOf(modifier);
        var next = modifier.GetNextToken();
        var fixedNode = node.ReplaceToken(next, next.WithLeadingTrivia(modifier.LeadingTrivia));
        return root.ReplaceNode(node, fixedNode.WithModifiers(fixedNode.Modifiers.RemoveAt(index)));
    }

    private static SyntaxToken? Find(ClassDeclarationSyntax node) => node.Modifiers
        .Where(token => token.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.FileKeyword)
        .Select(token => (SyntaxToken?)token)
        .FirstOrDefault();
}
