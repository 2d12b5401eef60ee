using StaticNet.Execution;

namespace StaticNet.Onnx.Tests;

/// <summary>Random parameters all of which matter: biases, scales and running statistics, too, which start as zeros and ones.</summary>
internal static class ParameterDraw
{
    /// <summary>Draws everything but weights, which are random already. Scales are less than one: deep networks must not grow without bound.</summary>
    public static void Vectors(NetworkCore network, Random random) => Draw(network, random, weights: false);

    /// <summary>Draws everything.</summary>
    public static void All(NetworkCore network, Random random) => Draw(network, random, weights: true);

    private static void Draw(NetworkCore network, Random random, bool weights)
    {
        for (var i = 0; i < network.Info.Parameters.Length; i++)
        {
            var view = network.Parameter(i);
            var isWeight = network.Info.Parameters[i].Layout.Panels;
            var spread = (float)Math.Sqrt(3.0 * view.Shape[0] / view.Length);
            var (least, most) = view.Name[(view.Name.LastIndexOf('.') + 1)..] switch
            {
                _ when isWeight => (-spread, spread),
                "bias" or "running_mean" => (-0.2f, 0.2f),
                "running_var" => (0.5f, 2),
                _ => (0.4f, 0.9f),
            };
            if (weights || !isWeight)
            {
                view.CopyFrom([.. Enumerable.Range(0, view.Length).Select(_ => least + ((most - least) * random.NextSingle()))]);
            }
        }
    }
}
