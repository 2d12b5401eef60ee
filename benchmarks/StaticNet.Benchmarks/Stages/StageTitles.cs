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
        var lines = workspace.ToString().Split('\n').SkipWhile(line => !line.Contains($"private void {program}(int stage", StringComparison.Ordinal));
        List<string> titles = [];
        var before = "";
        foreach (var line in lines.TakeWhile(line => line != "    }").Select(line => line.Trim()))
        {
            if (line == $"case {titles.Count}:")
            {
                titles.Add(before.TrimStart('/', ' '));
            }

            before = line;
        }

        return titles;
    }
}
