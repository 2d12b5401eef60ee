using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>Removes the softmax or sigmoid before a loss that takes logits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveActivationFix : DeclarationFix<AttributeSyntax>
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.ActivationAppliedTwice, Rules.SigmoidWithClassLoss];

    /// <inheritdoc />
    protected override string Title(AttributeSyntax node) => $"Remove {node.Name}";

    /// <inheritdoc />
    protected override SyntaxNode Fix(SyntaxNode root, AttributeSyntax node)
    {
        var list = (AttributeListSyntax)node.Parent!;
        if (list.Attributes.Count > 1)
        {
            var others = list.Attributes.Remove(node);
            if (list.Attributes[0] == node)
            {
                others = others.Replace(others[0], others[0].WithLeadingTrivia(node.GetLeadingTrivia()));
            }

            return root.ReplaceNode(list, list.WithAttributes(others));
        }

        return RemoveLine(root, list);
    }

    /// <summary>Removes a list but not the comments above it, which may be about more than the layer.</summary>
    private static SyntaxNode RemoveLine(SyntaxNode root, AttributeListSyntax list)
    {
        var comments = list.GetLeadingTrivia().Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        var tracked = root.TrackNodes(list);
        var next = tracked.GetCurrentNode(list)!.GetLastToken().GetNextToken();
        tracked = tracked.ReplaceToken(next, next.WithLeadingTrivia(comments.Concat(next.LeadingTrivia)));
        return tracked.RemoveNode(tracked.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
