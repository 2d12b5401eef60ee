using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>Leaves out a bias that the normalisation after it takes away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WithoutBiasFix : DeclarationFix<AttributeSyntax>
{
    private const string UseBias = "UseBias";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.BiasBeforeNormalization];

    /// <inheritdoc />
    protected override string? Title(AttributeSyntax node) => $"Leave out the bias of {node.Name}";

    /// <inheritdoc />
    protected override SyntaxNode Fix(SyntaxNode root, AttributeSyntax node)
    {
        var no = SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression);
        if (node.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == UseBias) is { } written)
        {
            return root.ReplaceNode(written.Expression, no.WithTriviaFrom(written.Expression));
        }

        var argument = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(UseBias), null, no).NormalizeWhitespace();
        return root.ReplaceNode(node, node.AddArgumentListArguments(node.ArgumentList?.Arguments.Count > 0 ? argument.WithLeadingTrivia(SyntaxFactory.Space) : argument));
    }
}
