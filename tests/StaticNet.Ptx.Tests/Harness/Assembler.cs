using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace StaticNet.Ptx.Tests.Harness;

/// <summary>NVIDIA's assembler, where STATICNET_PTXAS has its path; version 11.8 or later, no GPU.</summary>
internal static partial class Assembler
{
    private const int RegistersOfMultiprocessor = 65536;

    /// <summary>Its path; null where there is none.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("STATICNET_PTXAS") is { Length: > 0 } path ? path : null;

    /// <summary>Asserts that a module is assembled as planned, where there is an assembler.</summary>
    public static void Check(string text) => Assert.Empty(Program is null ? [] : Problems(text, "sm_80"));

    /// <summary>What is wrong with a module on a target: errors, spills, registers that leave no room for the blocks that a kernel plans with.</summary>
    public static IEnumerable<string> Problems(string text, string target)
    {
        var (isAssembled, report) = Assemble(text, target);
        if (!isAssembled)
        {
            yield return report;
            yield break;
        }

        var wishes = Wish().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => Number(match, "threads") * Number(match, "blocks"));
        foreach (Match kernel in Kernel().Matches(report))
        {
            var (name, registers) = (kernel.Groups["name"].Value, Number(kernel, "registers"));
            if (Number(kernel, "stores") + Number(kernel, "loads") > 0)
            {
                yield return $"{name} spills {kernel.Groups["stores"]} bytes and loads {kernel.Groups["loads"]}, with {registers} registers";
            }

            if (wishes.TryGetValue(name, out var threads) && threads * registers > RegistersOfMultiprocessor)
            {
                yield return $"{name} takes {registers} registers for each of {threads} threads at once";
            }
        }
    }

    /// <summary>Assembles a module for a target.</summary>
    /// <returns>Whether it could, and what it says of every kernel.</returns>
    private static (bool IsAssembled, string Report) Assemble(string text, string target)
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

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.entry (?<name>\w+)\([^)]*\)\s+\.maxntid (?<threads>\d+), 1, 1\s+\.minnctapersm (?<blocks>\d+)")]
    private static partial Regex Wish();

    [GeneratedRegex(@"Function properties for (?<name>\w+)\s+\d+ bytes stack frame, (?<stores>\d+) bytes spill stores, (?<loads>\d+) bytes spill loads\s.*?Used (?<registers>\d+) registers", RegexOptions.Singleline)]
    private static partial Regex Kernel();
}
