using System.Diagnostics;

namespace StaticNet.Ptx.Tests.Harness;

/// <summary>NVIDIA's assembler, where STATICNET_PTXAS has its path; version 11.4 or later, no GPU.</summary>
internal static class Assembler
{
    /// <summary>Asserts that a module is assembled without spills, where there is an assembler.</summary>
    public static void Check(string text)
    {
        if (Environment.GetEnvironmentVariable("STATICNET_PTXAS") is not { Length: > 0 } assembler)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("ptx");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "a.ptx"), Path.Combine(folder.FullName, "a.cubin"));
            File.WriteAllText(source, text);
            using var process = Process.Start(new ProcessStartInfo(assembler, ["-v", "-arch=sm_80", source, "-o", target]) { RedirectStandardError = true })!;
            var report = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{report}\n{text}");
            Assert.All(report.Split('\n').Where(line => line.Contains("spill", StringComparison.Ordinal)), line => Assert.Contains(" 0 bytes spill stores, 0 bytes spill loads", line, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
