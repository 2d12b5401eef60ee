using StaticNet.Execution;

namespace StaticNet.Cuda.Tests.Conformance;

/// <summary>Images of MNIST's size: noise with a bright bar for each class, at a row of its own.</summary>
internal static class SyntheticDigits
{
    private const int Size = 28;

    /// <summary>So many images, 28 × 28 pixels each from 0 to 1, and their classes of ten; the same seed draws the same.</summary>
    public static (float[] Images, int[] Labels) Draw(int count, int seed)
    {
        var (images, labels) = (new float[count * Size * Size], new int[count]);
        for (var i = 0; i < images.Length; i++)
        {
            var (digit, row) = (i / (Size * Size), i / Size % Size);
            labels[digit] = ((5 * seed) + digit) % 10;
            images[i] = (0.2f * Philox.Uniform((ulong)seed, 1, (ulong)i)) + (row == labels[digit] ? 0.8f : 0);
        }

        return (images, labels);
    }
}
