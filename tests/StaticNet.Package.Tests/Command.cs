using System.Diagnostics;

namespace StaticNet.Package.Tests;

/// <summary>What a program has done that ran to its end.</summary>
/// <param name="ExitCode">0 where all went well.</param>
/// <param name="Output">What it has written, complaints included.</param>
internal sealed record Command(int ExitCode, string Output)
{
    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Runs the .NET CLI in a folder.</summary>
    public static Task<Command> DotNet(string folder, params string[] arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs the .NET CLI, which has to succeed.</summary>
    public static async Task<Command> Succeeding(string folder, params string[] arguments)
    {
        var command = await DotNet(folder, arguments);
        Assert.True(command.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{command.Output}");
        return command;
    }

    /// <summary>Runs a program in a folder.</summary>
    public static async Task<Command> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = start.Environment;
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            // This process is a child of a build, the programs it starts are none.
            environment.Remove(name);
        }

        // Nothing outlives a test: no servers, and no folders that the CLI makes for file-based programs.
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["XDG_DATA_HOME"] = Directory.CreateDirectory(Path.Combine(folder, ".data")).FullName;
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["NO_COLOR"] = "1";

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, await output + await error);
    }
}
