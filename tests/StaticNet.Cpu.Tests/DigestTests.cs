using System.Runtime.CompilerServices;
using StaticNet.Conformance;
using StaticNet.Conformance.Networks;

namespace StaticNet.Cpu.Tests;

/// <summary>
/// Outputs, gradients and parameters after ten steps are the same bits on every machine with fused multiply-add, at every vector width:
/// their digests are committed. Set STATICNET_UPDATE_DIGESTS to write them anew after a change that is meant to change bits.
/// </summary>
public class DigestTests
{
    private static readonly string[] Networks =
    [
        "every-activation/every-activation", "graphs/concat", "mlp/784-128-10", "regularization/l1-l2", "shapes/around-panels",
        "shapes/around-vectors", "shapes/dropouts", "shapes/four-inputs", "shapes/image", "shapes/large-weights", "shapes/windows",
    ];

    [Fact]
    public void Bits_are_those_of_every_other_machine()
    {
        Assert.SkipUnless(LeafTests.HasFusedMultiplyAdd, "Without fused multiply-add only tolerances hold.");
        var actual = string.Concat(from name in Networks from batch in (int[])[1, 3, 13, 67] select $"{name} {batch} {Digest(name, batch)}\n");
        if (Environment.GetEnvironmentVariable("STATICNET_UPDATE_DIGESTS") is not null)
            File.WriteAllText(Golden(), actual);
        Assert.Equal(File.ReadAllText(Golden()), actual);
    }

    private static string Digest(string name, int batch)
    {
        using var network = new NetworkUnderTest(ReferenceNetworks.Create(name));
        return Outcome.Of(network, batch, steps: 10).Digest();
    }

    private static string Golden([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Digests.txt");
}
