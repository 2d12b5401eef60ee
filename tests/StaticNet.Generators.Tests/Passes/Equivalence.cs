using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.Passes;

internal static class Equivalence
{
    /// <summary>A pass gave a well-formed graph with the same outputs, bit by bit.</summary>
    public static void ExpectSameBits(Graph before, Graph after, int batch = 3)
    {
        IrVerifier.Verify(after);
        var elements = Draws.For(before, batch, seed: 5);
        var expected = IrInterpreter.Run(before, batch, elements, Draws.Uniform);
        var actual = IrInterpreter.Run(after, batch, elements, Draws.Uniform);
        Assert.Equal(before.Outputs.Select(output => output.Name), after.Outputs.Select(output => output.Name));
        foreach (var (name, _) in before.Outputs)
        {
            Assert.Equal(expected[name].Select(BitConverter.DoubleToInt64Bits), actual[name].Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
