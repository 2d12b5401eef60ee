using StaticNet.Conformance.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;

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
            var (images, labels) = Digits(32, step);
            losses.Add(cpu.TrainStep(images, labels, first));
            Assert.InRange(cuda.TrainStep(images, labels, second), losses[^1] * 0.9999, losses[^1] * 1.0001);
        }

        Assert.True(losses[^1] < losses[0], string.Join(", ", losses));
    }

    private static (float[] Images, int[] Labels) Digits(int count, int seed)
    {
        const int size = 28;
        var (images, labels) = (new float[count * size * size], new int[count]);
        for (var i = 0; i < images.Length; i++)
        {
            var (digit, row) = (i / (size * size), i / size % size);
            labels[digit] = digit % 10;
            images[i] = (0.2f * Philox.Uniform((ulong)seed, 1, (ulong)i)) + (row == labels[digit] ? 0.8f : 0);
        }

        return (images, labels);
    }
}
