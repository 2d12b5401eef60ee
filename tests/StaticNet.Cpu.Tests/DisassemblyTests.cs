using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using StaticNet.Conformance;
using StaticNet.Conformance.Networks;

namespace StaticNet.Cpu.Tests;

/// <summary>
/// What the JIT makes of the tiles: sums stay in registers. The networks run in a process of its own, which prints its machine code.
/// </summary>
public partial class DisassemblyTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public async Task Inner_loops_of_tiles_call_nothing_and_spill_nothing(int width)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "Reads machine code of x64.");
        Assert.SkipUnless(LeafTests.HasFusedMultiplyAdd, "Without fused multiply-add its calls into the run time are what it costs.");
        Assert.SkipUnless(LeafTests.Width >= width, "This machine's vectors are shorter.");

        var loops = InnerLoops(await Disassemble(width)).Where(loop => loop.Text.Contains("fmadd")).ToArray();
        Assert.True(loops.Length > 60, $"{loops.Length} loops");
        Assert.All(loops, loop => Assert.False(CallOrSpill().IsMatch(loop.Text), $"{loop.Method}\n{loop.Text}"));

        // A tile of 12 samples × 2 vectors with 32 registers, of 6 × 2 with 16; along lines of windows of 14 places × 2; channel by channel
        // of 14 or 5 places × 9 cells.
        Assert.Equal(width == 512 ? 24 : 12, Products(":Panel").Max());
        Assert.Contains(width == 512 ? 28 : 12, Products(":Line"));
        Assert.Equal(width == 512 ? 126 : 45, Products(":Line").Max());
        Assert.Equal(width == 512 ? 24 : 12, Products(":WindowGradientPanel").Max());

        IEnumerable<int> Products(string method) =>
            loops.Where(loop => loop.Method.Contains(method, StringComparison.Ordinal)).Select(loop => loop.Text.Split("fmadd").Length - 1);
    }

    /// <summary>What the process under observation does; on its own it tests nothing but that steps run.</summary>
    [Fact]
    public void Networks_take_a_step()
    {
        foreach (var name in (string[])["mlp/784-128-10", "shapes/windows"])
        {
            using var network = new NetworkUnderTest(ReferenceNetworks.Create(name));
            Assert.NotEmpty(Outcome.Of(network, batch: 67).Digest());
        }
    }

    private static async Task<string> Disassemble(int width)
    {
        var listing = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                start.ArgumentList.Add(typeof(DisassemblyTests).Assembly.Location);
            start.ArgumentList.Add("--filter-method");
            start.ArgumentList.Add($"*.{nameof(Networks_take_a_step)}");
            start.Environment["DOTNET_PreferredVectorBitWidth"] = width.ToString(CultureInfo.InvariantCulture);
            start.Environment["DOTNET_JitDisasm"] = "*Panel* Line*";
            start.Environment["DOTNET_JitDisasmDiffable"] = "1";
            start.Environment["DOTNET_JitStdOutFile"] = listing;
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await output + await error);
            return await File.ReadAllTextAsync(listing, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(listing);
        }
    }

    /// <summary>From a label to a jump back to it, if none between them jumps back to what lies between; a way out may lead to the loop around.</summary>
    private static IEnumerable<(string Method, string Text)> InnerLoops(string listing)
    {
        var method = "";
        var labels = new Dictionary<string, int>();
        var lines = listing.Split('\n');
        var latest = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("; Assembly listing for method ", StringComparison.Ordinal))
            {
                (method, latest) = (lines[i], i);
                labels.Clear();
            }
            else if (Label().Match(lines[i]) is { Success: true } label)
            {
                labels[label.Value] = i;
            }
            else if (Jump().Match(lines[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups[1].Value, out var start))
            {
                if (start > latest)
                    yield return (method, string.Join('\n', lines[start..(i + 1)]));
                latest = Math.Max(latest, start);
            }
        }
    }

    [GeneratedRegex(@"^G_M\w+(?=:)")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT )?(G_M\w+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"^\s+call\b|mmword ptr \[r[sb]p", RegexOptions.Multiline)]
    private static partial Regex CallOrSpill();
}
