using System.Diagnostics;

namespace StaticNet.Weights.Tests;

/// <summary>The distribution's Python, which has its packages.</summary>
internal static class Python
{
    private const string Path = "/usr/bin/python3";

    /// <summary>Whether a module is installed.</summary>
    public static async Task<bool> Has(string module)
    {
        if (!File.Exists(Path))
        {
            return false;
        }

        using var process = Start("-c", $"import {module}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }

    /// <summary>Runs a script that lies beside the tests; its failure is the test's.</summary>
    public static async Task Run(string script, params string[] arguments)
    {
        using var process = Start([System.IO.Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, error);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardError = true, Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" } })!;
}
