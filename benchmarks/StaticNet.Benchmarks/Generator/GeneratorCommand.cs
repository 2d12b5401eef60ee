using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Workloads;
using StaticNet.Generators;

namespace StaticNet.Benchmarks.Generator;

/// <summary>What the generator costs its user: a build of a network, and a keystroke somewhere else.</summary>
internal static class GeneratorCommand
{
    private const double EditLimitMilliseconds = 1;
    private const double SourceLimitMegabytes = 3;
    private const double CompilationLimitSeconds = 30;
    private const int Builds = 15;
    private const int Edits = 200;

    /// <summary>The networks that are measured, the largest first, and the milliseconds that each may take.</summary>
    private static readonly OrderedDictionary<string, double> s_limits = new()
    {
        ["ResNet50"] = 2000,
        ["MnistCnn"] = 300,
        ["Autoencoder640"] = 250,
        ["Mlp784x500x10"] = 250,
        ["Mlp784x128x10"] = 250,
        ["Xor2x8x1"] = 250,
    };

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    /// <summary>The networks that are measured.</summary>
    public static IEnumerable<string> Networks => s_limits.Keys;

    /// <returns>The process's exit code: 1 when a limit is exceeded.</returns>
    public static int Run()
    {
        var largest = Networks.First();
        var (_, firstMilliseconds) = Build(new(NetworkSources.Of(largest)));
        Print($"first network of the process: {firstMilliseconds:0} ms ({largest}; the JIT compiles the generator meanwhile)");

        var holds = true;
        foreach (var (name, limit) in s_limits)
        {
            var project = new Project(NetworkSources.Of(name));
            var (megabytes, forGpus, seconds) = Check(name, project);
            holds &= Holds($"{name}: fresh driver, median of {Builds}", MedianBuild(project), limit, "ms");
            holds &= Holds($"{name}: C#", megabytes, SourceLimitMegabytes, "MB");
            Print($"{name}: for GPUs, most of it PTX, {forGpus:0.000} MB more");
            holds &= Holds($"{name}: compilation of it", seconds, CompilationLimitSeconds, "s");
        }

        var (ours, empty) = MedianEdits(new(NetworkSources.Of(largest)));
        Print($"unrelated edit: {ours:0.000} ms, with an empty generator {empty:0.000} ms");
        holds &= Holds("unrelated edit above an empty generator", ours - empty, EditLimitMilliseconds, "ms");
        return holds ? 0 : 1;
    }

    private static (GeneratorDriver Driver, double Milliseconds) Build(Project project)
    {
        var compilation = project.Compile();
        GeneratorDriver driver = Project.Driver(new NetworkGenerator());
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return (driver, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static double MedianBuild(Project project)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
        {
            Build(project);
        }

        return Statistics.Median(Enumerable.Range(0, Builds).Select(_ => Build(project).Milliseconds));
    }

    /// <summary>A generator that fails is fast: what it made must compile.</summary>
    /// <returns>The size of the generated files, of those for GPUs apart, and how long the compiler takes for all.</returns>
    private static (double Megabytes, double ForGpus, double Seconds) Check(string name, Project project)
    {
        var driver = Project.Driver(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(
            project.Compile(), out var compilation, out var findings);
        var start = Stopwatch.GetTimestamp();
        var emitted = compilation.Emit(Stream.Null);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var error = findings.Concat(emitted.Diagnostics).FirstOrDefault(finding => finding.Severity == DiagnosticSeverity.Error);
        var megabytes = driver.GetRunResult().GeneratedTrees.ToLookup(
            tree => tree.FilePath.EndsWith(".Cuda.g.cs", StringComparison.Ordinal), tree => Encoding.UTF8.GetByteCount(tree.ToString()) / 1e6);
        return error is null
            ? (megabytes[false].Sum(), megabytes[true].Sum(), seconds)
            : throw new InvalidOperationException($"{name} does not compile: {error}");
    }

    private static (double Ours, double Empty) MedianEdits(Project project)
    {
        var compilation = project.Compile();
        GeneratorDriver ours = Project.Driver(new NetworkGenerator()).RunGenerators(compilation);
        GeneratorDriver empty = Project.Driver(new EmptyGenerator()).RunGenerators(compilation);
        List<double> ourTimes = [], emptyTimes = [];
        for (var edit = 0; edit < 2 * Edits; edit++)
        {
            // Each gets a compilation of its own: the second to see one would find it bound.
            compilation = project.Edit(compilation);
            var same = compilation.Clone();
            var oursFirst = edit % 2 == 0;
            var first = Edit(ref oursFirst ? ref ours : ref empty, compilation);
            var second = Edit(ref oursFirst ? ref empty : ref ours, same);
            if (edit >= Edits)
            {
                ourTimes.Add(oursFirst ? first : second);
                emptyTimes.Add(oursFirst ? second : first);
            }
        }

        return (Statistics.Median(ourTimes), Statistics.Median(emptyTimes));
    }

    private static double Edit(ref GeneratorDriver driver, Compilation compilation)
    {
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static bool Holds(string what, double value, double limit, string unit)
    {
        Print($"{what}: {value:0.000} {unit}, limit {limit:0} {unit}: {(value <= limit ? "holds" : "EXCEEDED")}");
        return value <= limit;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
