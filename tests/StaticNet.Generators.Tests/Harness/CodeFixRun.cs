using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>A code fix applied to a document in a workspace in memory.</summary>
internal static class CodeFixRun
{
    /// <summary>
    /// Asserts that the fix of the first diagnostic that has one turns the source into the expected one, and what the editor calls it.
    /// </summary>
    public static async Task Expect<TAnalyzer, TFix>(string source, string expected, string title)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var action = Assert.Single(await ActionsFor<TAnalyzer, TFix>(source));
        Assert.Equal(title, action.Action.Title);
        var operations = await action.Action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var solution = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
        var text = await solution.GetDocument(action.Document)!.GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, text.ToString());
    }

    /// <summary>Asserts that the editor is offered nothing.</summary>
    public static async Task ExpectNothing<TAnalyzer, TFix>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => Assert.Empty(await ActionsFor<TAnalyzer, TFix>(source));

    private static async Task<IReadOnlyList<(CodeAction Action, DocumentId Document)>> ActionsFor<TAnalyzer, TFix>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Consumer", "Consumer", LanguageNames.CSharp,
            parseOptions: TestCompilation.ParseOptions,
            compilationOptions: TestCompilation.Options,
            metadataReferences: TestCompilation.References));
        project = project.AddDocument("GlobalUsings.cs", TestCompilation.GlobalUsings).Project;
        var document = project.AddDocument(TestCompilation.NameOf(0), SourceText.From(source), filePath: TestCompilation.NameOf(0));

        var compilation = await document.Project.GetCompilationAsync(cancellation);
        var fix = new TFix();
        List<(CodeAction, DocumentId)> actions = [];
        foreach (var diagnostic in await compilation!.Analyze(new TAnalyzer()))
        {
            if (fix.FixableDiagnosticIds.Contains(diagnostic.Id))
            {
                await fix.RegisterCodeFixesAsync(
                    new CodeFixContext(document, diagnostic, (action, _) => actions.Add((action, document.Id)), cancellation));
            }
        }

        return actions;
    }
}
