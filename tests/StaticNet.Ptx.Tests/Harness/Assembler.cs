using System.Diagnostics;

namespace StaticNet.Ptx.Tests.Harness;

/// <summary>NVIDIA's assembler, where STATICNET_PTXAS has its path; version 11.8 or later, no GPU.</summary>
internal static class Assembler
{
    /// <summary>Its path; null where there is none.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("STATICNET_PTXAS") is { Length: > 0 } path ? path : null;

    /// <summary>Asserts that a module is assembled without spills, where there is an assembler.</summary>
    public static void Check(string text)
    {
        if (Program is null)
        {
            return;
        }

        var (isAssembled, report) = Assemble(text, "sm_80");
        Assert.True(isAssembled, $"{report}\n{text}");
        Assert.All(report.Split('\n').Where(line => line.Contains("spill", StringComparison.Ordinal)), line => Assert.Contains(" 0 bytes spill stores, 0 bytes spill loads", line, StringComparison.Ordinal));
    }

    /// <summary>Assembles a module for a target.</summary>
    /// <returns>Whether it could, and what it says of every kernel.</returns>
    public static (bool IsAssembled, string Report) Assemble(string text, string target)
    {
        var folder = Directory.CreateTempSubdirectory("ptx");
        try
        {
            var (source, output) = (Path.Combine(folder.FullName, "a.ptx"), Path.Combine(folder.FullName, "a.cubin"));
            File.WriteAllText(source, text);
            using var process = Process.Start(new ProcessStartInfo(Program!, ["-v", $"-arch={target}", source, "-o", output]) { RedirectStandardError = true })!;
            var report = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0, report);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
