namespace StaticNet;

/// <summary>
/// Local response normalisation across channels, the last axis: <c>y[c] = x[c] / (K + Alpha / size · Σⱼ x[j]²)^Beta</c>, where j goes
/// from <c>c − size / 2</c> to <c>c + (size − 1) / 2</c>, rounded down, as far as there are channels. PyTorch's definition: the paper's α
/// is Alpha / size. Krizhevsky, Sutskever and Hinton, 2012.
/// </summary>
/// <param name="size">Channels in a window, at least 1.</param>
public sealed class LocalResponseNormAttribute(int size) : LayerAttribute
{
    /// <summary>Channels in a window.</summary>
    public int Size { get; } = size;

    /// <summary>How much the neighbours count, at least 0.</summary>
    public double Alpha { get; set; } = 1e-4;

    /// <summary>The exponent, at least 0.</summary>
    public double Beta { get; set; } = 0.75;

    /// <summary>What the sum of squares is added to, above 0.</summary>
    public double K { get; set; } = 1;
}
