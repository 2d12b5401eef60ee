using System.Diagnostics;
using System.Globalization;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>
/// Random networks, generated and compiled, agree with the interpreter in double precision: outputs, losses, gradients. A handful with
/// fixed seeds; with STATICNET_HOURS set to a number, new ones for so long.
/// </summary>
public class RandomNetworkTests
{
    private const int Together = 4;

    private static readonly int[] s_batches = [1, 3, 12, 13, 31];

    /// <summary>Other networks at each width, and on each .NET.</summary>
    [Fact]
    public void Random_networks_agree_with_the_interpreter() =>
        Compare(LeafTests.Width + (LeafTests.HasFusedMultiplyAdd ? 0 : 64) + (LeafTests.IsOnLatestRuntime ? 0 : Together));

    [Fact]
    public void Random_networks_agree_for_hours()
    {
        var hours = Environment.GetEnvironmentVariable("STATICNET_HOURS");
        Assert.SkipWhen(hours is null, "STATICNET_HOURS is not set.");
        var until = TimeSpan.FromHours(double.Parse(hours, CultureInfo.InvariantCulture));
        var clock = Stopwatch.StartNew();
        for (var seed = Environment.TickCount & 0xFFFFFF; clock.Elapsed < until; seed += Together)
            Compare(seed);
    }

    private static void Compare(int firstSeed)
    {
        string[] declarations = [.. Enumerable.Range(firstSeed, Together).Select(NetworkDraw.Of)];
        using var networks = CompiledNetworks.Compile(declarations);
        var compared = 0;
        for (var i = 0; i < declarations.Length; i++)
        {
            using var network = networks.Create(i, seed: firstSeed + i);
            var oracle = new Oracle(networks.Models[i], network);
            foreach (var batch in s_batches)
            {
                network.Core.Poison(float.NaN);
                compared += Compare(oracle, batch, $"seed {firstSeed + i}: {declarations[i]}") ? 1 : 0;
            }
        }

        // Samples too near to a branch are drawn again, a few times; that must stay the exception.
        Assert.InRange(compared, declarations.Length * s_batches.Length * 3 / 4, int.MaxValue);
    }

    private static bool Compare(Oracle oracle, int batch, string declaration)
    {
        try
        {
            return Enumerable.Range(0, 8).Any(attempt => oracle.Agrees(batch, seed: 100 + (10 * (uint)attempt)));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{declaration}\n{exception.Message}", exception);
        }
    }
}
