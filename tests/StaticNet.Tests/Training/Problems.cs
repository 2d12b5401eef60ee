using StaticNet.Execution;

namespace StaticNet.Tests.Training;

/// <summary>Small problems that the linear network can learn.</summary>
internal static class Problems
{
    /// <summary>Three values to two real ones, almost linear.</summary>
    public static Dataset<Shape<N3>, Shape<N2>> Regression(int samples)
    {
        var inputs = Noise(samples * 3, 1);
        var targets = new float[samples * 2];
        for (var i = 0; i < samples; i++)
        {
            var x = inputs.AsSpan(3 * i, 3);
            targets[2 * i] = (2 * x[0]) - x[1] + (0.1f * x[2] * x[2]);
            targets[(2 * i) + 1] = x[2] + 0.5f;
        }

        return new(inputs, targets);
    }

    /// <summary>Three values to one of four classes.</summary>
    public static Dataset<Shape<N3>, ClassIndex<N4>> Classes(int samples)
    {
        var inputs = Noise(samples * 3, 2);
        var labels = new int[samples];
        for (var i = 0; i < samples; i++)
        {
            labels[i] = (inputs[3 * i] > 0 ? 1 : 0) + (inputs[(3 * i) + 1] > 0 ? 2 : 0);
        }

        return new(inputs, labels);
    }

    public static LinearNetwork<Shape<N3>, Shape<N2>> RegressionNetwork(int seed = 1, double l1 = 0, double l2 = 0) =>
        new(LinearNetwork.Describe(3, 2, classes: false, l1, l2), seed);

    public static LinearNetwork<Shape<N3>, ClassIndex<N4>> ClassNetwork(int seed = 1) =>
        new(LinearNetwork.Describe(3, 4, classes: true), seed);

    /// <summary>The network's parameters, bit by bit.</summary>
    public static int[] Bits(NetworkCore network) =>
        [.. network.ParameterSpan.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static float[] Noise(int count, uint stream) =>
        [.. Enumerable.Range(0, count).Select(i => (2 * Philox.Uniform(7, stream, (ulong)i)) - 1)];
}
