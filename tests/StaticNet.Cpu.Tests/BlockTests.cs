using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests;

/// <summary>Blocks are their layers.</summary>
public class BlockTests
{
    [Fact]
    public void A_network_of_blocks_computes_what_its_layers_do()
    {
        using var blocks = new NetworkUnderTest(CoreOf(new ResNetOfBlocks(seed: 1)));
        using var layers = new NetworkUnderTest(CoreOf(new ResNetOfLayers(seed: 1)));

        Assert.Equal((ResNetOfLayers.ParameterCount, ResNetOfLayers.MultiplyAdds), (ResNetOfBlocks.ParameterCount, ResNetOfBlocks.MultiplyAdds));
        foreach (var batch in (int[])[1, 3, 17])
            Assert.Equal(Outcome.Of(layers, batch).Digest(), Outcome.Of(blocks, batch).Digest());
    }

    [Fact]
    public void Parameters_are_reached_through_their_blocks()
    {
        using var net = new ResNetOfBlocks(seed: 1);
        ParameterView[] some =
        [
            net.Conv1.Weight, net.Layer1[0].Residual1.Conv1.Weight, net.Layer1[1].Residual1.Conv2.Weight, net.Layer1[1].Residual1.Batchnorm2.RunningVar,
            net.Layer2.Conv2.Weight, net.Layer2.Shortcut.Projection1.Weight, net.Layer2.Shortcut.Batchnorm1.Bias, net.Block2.Dense2.Bias, net.Dense1.Weight,
        ];

        Assert.Equal(
            [
                "conv1.weight", "layer1.0.residual1.conv1.weight", "layer1.1.residual1.conv2.weight", "layer1.1.residual1.batchnorm2.running_var",
                "layer2.conv2.weight", "layer2.shortcut.projection1.weight", "layer2.shortcut.batchnorm1.bias", "block2.dense2.bias", "dense1.weight",
            ],
            some.Select(view => view.Name));
        Assert.Equal(2, net.Layer1.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Layer1[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Layer1[-1]);
    }

    [Fact]
    public void Weights_of_blocks_are_saved_and_loaded()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            using var net = new ResNetOfBlocks(seed: 1);
            net.Save(path);
            using var other = new ResNetOfBlocks(seed: 2);
            other.Load(path);

            Assert.Equal(CoreOf(net).ParameterSpan.ToArray(), CoreOf(other).ParameterSpan.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static NetworkCore CoreOf<TInput, TOutput>(INetwork<TInput, TOutput> network)
        where TInput : IShape
        where TOutput : IShape => network.Core;
}
