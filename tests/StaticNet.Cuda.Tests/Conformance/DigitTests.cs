using StaticNet.Conformance.Networks;
using StaticNet.Cuda.Tests.Virtual;

namespace StaticNet.Cuda.Tests.Conformance;

/// <summary>A network of MNIST's size follows the processor's loss curve on synthetic digits: noise with a bright bar for each class.</summary>
public sealed class DigitTests
{
    [Fact]
    public void A_dense_network_follows_the_processors_loss()
    {
        using var gpu = new VirtualGpu();
        using var cpu = new Mlp500(seed: 1);
        using var cuda = new Mlp500(seed: 1, gpu.Device);
        var (first, second) = (new Sgd(0.05, momentum: 0.9), new Sgd(0.05, momentum: 0.9));
        var losses = new List<double>();
        for (var step = 0; step < 4; step++)
        {
            var (images, labels) = SyntheticDigits.Draw(32, step);
            losses.Add(cpu.TrainStep(images, labels, first));
            Assert.InRange(cuda.TrainStep(images, labels, second), losses[^1] * 0.9999, losses[^1] * 1.0001);
        }

        Assert.True(losses[^1] < losses[0], string.Join(", ", losses));
    }
}
