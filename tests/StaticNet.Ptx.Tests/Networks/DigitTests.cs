using ModelZoo;
using StaticNet.Cuda.Tests.Conformance;
using StaticNet.Cuda.Tests.Virtual;

namespace StaticNet.Ptx.Tests.Networks;

/// <summary>The convolutional network for digits of 28×28 follows the processor's loss curve, on noise with a bright bar for each class.</summary>
public sealed class DigitTests
{
    [Fact]
    public void The_convolutional_network_of_mnist_follows_the_processors_loss()
    {
        using var gpu = new VirtualGpu();
        using var cpu = new MnistCnn(seed: 1);
        using var cuda = new MnistCnn(seed: 1, gpu.Device);
        var (first, second) = (new Sgd(0.05), new Sgd(0.05));
        for (var step = 0; step < 2; step++)
        {
            var (images, labels) = SyntheticDigits.Draw(2, step);
            var loss = cpu.TrainStep(images, labels, first);
            Assert.InRange(cuda.TrainStep(images, labels, second), loss * 0.9999, loss * 1.0001);
        }
    }
}
