using System.Diagnostics;
using System.Reflection;

namespace StaticNet.Samples.Tests;

/// <summary>What a sample's program has done.</summary>
/// <param name="ExitCode">0 when it ran to its end.</param>
/// <param name="Output">The lines it has written.</param>
/// <param name="Error">What it has complained of.</param>
internal sealed record Sample(int ExitCode, string[] Output, string Error)
{
    /// <summary>A file of the folder that all samples are in.</summary>
    public static string File(params string[] path) => Path.Combine([Metadata("Samples"), .. path]);

    /// <summary>Runs a sample's program to its end.</summary>
    public static async Task<Sample> Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { File(name, Metadata("Output"), $"{name}.dll") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, (await output).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'), await error);
    }

    private static string Metadata(string key) =>
        typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
