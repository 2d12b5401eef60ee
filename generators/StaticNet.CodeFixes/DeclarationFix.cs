using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.CodeFixes;

/// <summary>A fix that replaces one file's syntax, for the node of a kind that a diagnostic is about.</summary>
/// <typeparam name="TNode">The innermost syntax around the diagnostic that the fix works on.</typeparam>
public abstract class DeclarationFix<TNode> : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <inheritdoc />
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics.Where(found => !found.Properties.ContainsKey(NetworkAnalyzer.InBlock)))
        {
            var node = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TNode>();
            if (node is not null && Title(node) is { } title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(Fix(root!, node))), GetType().Name),
                    diagnostic);
            }
        }
    }

    /// <summary>What the editor calls the fix; null when there is nothing to offer.</summary>
    protected abstract string? Title(TNode node);

    /// <summary>The file without the mistake.</summary>
    protected abstract SyntaxNode Fix(SyntaxNode root, TNode node);
}
