using StaticNet.Execution;

namespace StaticNet.Conformance;

/// <summary>Drawn samples for any network, the same on every machine.</summary>
public static class Samples
{
    /// <summary>Inputs on [−1, 1): all samples of the first input, then all of the second.</summary>
    public static float[] Inputs(NetworkInfo info, int batch, uint seed = 1)
    {
        ArgumentNullException.ThrowIfNull(info);
        return VectorDraw.Uniform(seed, batch * info.InputSizes.Sum(), exponent: 0);
    }

    /// <summary>Targets that the network's loss can have: class indices, one-hot rows, bits or numbers on [−1, 1).</summary>
    public static Array Targets(NetworkInfo info, int batch, uint seed = 2)
    {
        ArgumentNullException.ThrowIfNull(info);
        var drawn = VectorDraw.Uniform(seed, batch * info.TargetSize, exponent: 0);
        return info.Task switch
        {
            NetworkTask.Classification when info.Classes > 0 => Array.ConvertAll(drawn, value => Pick(value, info.Classes)),
            NetworkTask.Classification => OneHot(drawn, info.TargetSize),
            NetworkTask.BinaryClassification => Array.ConvertAll(drawn, value => value < 0 ? 0f : 1f),
            _ => drawn,
        };
    }

    /// <summary>A gradient of the output on [−1, 1).</summary>
    public static float[] OutputGradients(NetworkInfo info, int batch, uint seed = 3)
    {
        ArgumentNullException.ThrowIfNull(info);
        return VectorDraw.Uniform(seed, batch * info.OutputSize, exponent: 0);
    }

    private static int Pick(float value, int choices) => (int)((value + 1) / 2 * choices);

    private static float[] OneHot(float[] drawn, int classes)
    {
        var rows = new float[drawn.Length];
        for (var row = 0; row < drawn.Length; row += classes)
            rows[row + Pick(drawn[row], classes)] = 1;
        return rows;
    }
}
