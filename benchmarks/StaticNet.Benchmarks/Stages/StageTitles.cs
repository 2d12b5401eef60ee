using System.Globalization;
using Microsoft.CodeAnalysis;
using StaticNet.Benchmarks.Generator;
using StaticNet.Benchmarks.Workloads;
using StaticNet.Execution;
using StaticNet.Generators;

namespace StaticNet.Benchmarks.Stages;

/// <summary>What the stages of a program do, from the comments in the generated workspace.</summary>
internal static class StageTitles
{
    /// <param name="network">A class of <see cref="NetworkSources"/>.</param>
    /// <param name="program">One of its programs.</param>
    /// <returns>One title a stage.</returns>
    public static IReadOnlyList<string> Of(string network, ProgramKind program)
    {
        var project = new Project(NetworkSources.Of(network));
        var files = Project.Driver(new NetworkGenerator()).RunGenerators(project.Compile()).GetRunResult().GeneratedTrees;
        var workspace = files.Single(file => file.FilePath.EndsWith($"{network}.Workspace.g.cs", StringComparison.Ordinal));
        return Of(workspace.ToString().Split('\n'), $"{program}");
    }

    /// <summary>A long program, or one that begins as another does, says which method has the stages below a number.</summary>
    private static List<string> Of(string[] lines, string method)
    {
        List<string> titles = [];
        var (before, end) = ("", 0);
        foreach (var line in lines.SkipWhile(line => !line.Contains($"private void {method}(int stage", StringComparison.Ordinal))
            .TakeWhile(line => line != "    }").Select(line => line.Trim()))
        {
            if (line.StartsWith("case < ", StringComparison.Ordinal))
            {
                end = int.Parse(line["case < ".Length..^1], CultureInfo.InvariantCulture);
            }
            else if (before.StartsWith("case < ", StringComparison.Ordinal))
            {
                var part = Of(lines, line[..line.IndexOf('(', StringComparison.Ordinal)]);
                titles.AddRange(part.Take(end - titles.Count));
            }
            else if (line.StartsWith("case ", StringComparison.Ordinal))
            {
                titles.Add(before.TrimStart('/', ' '));
            }

            before = line;
        }

        return titles;
    }
}
