using System.Runtime.CompilerServices;
using System.Text;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>
/// Golden files, named and laid out as Verify does: <c>Class.Method#Hint.verified.cs</c> beside the test, <c>.received.cs</c> next to it
/// when the text is another. To use Verify.SourceGenerators instead, delete this file: calls keep their form.
/// </summary>
internal static class Verifier
{
    /// <summary>Compares every generated file with its golden file.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">One differs or is missing, or there is a golden file that nothing generates.</exception>
    public static Task Verify(GeneratorRun run, [CallerFilePath] string path = "", [CallerMemberName] string method = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        var name = $"{Path.GetFileNameWithoutExtension(path)}.{method}";
        List<string> problems = [];
        HashSet<string> current = new(StringComparer.Ordinal);
        foreach (var (hint, text) in run.Files)
        {
            var stem = $"{name}#{hint[..^".cs".Length]}";
            current.Add($"{stem}.verified.cs");
            Compare(Path.Combine(folder, stem), text, problems);
        }

        problems.AddRange(
            from file in Directory.EnumerateFiles(folder, $"{name}#*.verified.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal)
            where !current.Contains(file!)
            select $"{file} is generated no more: delete it.");
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        return Task.CompletedTask;
    }

    /// <summary>Compares a text with its golden file, <c>Class.Method.verified.cs</c>.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It differs or is missing.</exception>
    public static Task Verify(string text, string extension, [CallerFilePath] string path = "", [CallerMemberName] string method = "")
    {
        Assert.Equal("cs", extension);
        List<string> problems = [];
        Compare(Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}.{method}"), text, problems);
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        return Task.CompletedTask;
    }

    private static void Compare(string stem, string text, List<string> problems)
    {
        var (verified, received) = ($"{stem}.verified.cs", $"{stem}.received.cs");
        var actual = Normalize(text);
        if (File.Exists(verified) && Normalize(File.ReadAllText(verified)) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var problem = File.Exists(verified) ? "differs" : "is missing";
        problems.Add($"{Path.GetFileName(verified)} {problem}: see {received}, and move it there if it is right.");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
