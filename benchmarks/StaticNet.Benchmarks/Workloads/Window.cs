namespace StaticNet.Benchmarks.Workloads;

/// <summary>Where a convolution or a pooling looks.</summary>
/// <param name="Height">Cells.</param>
/// <param name="Width">Cells.</param>
/// <param name="Stride">Cells from one window to the next, down and across.</param>
/// <param name="Padding">How far it may reach beyond the input.</param>
internal readonly record struct Window(int Height, int Width, int Stride, Padding Padding)
{
    public Window(int size, int stride = 1, Padding padding = Padding.Valid)
        : this(size, size, stride, padding)
    {
    }

    /// <summary>Cells of border above, left, below and right of an input [height, width, channels], as ONNX orders them.</summary>
    public int[] Border(int[] input)
    {
        var (vertical, horizontal) = (Reach(input[0], Height), Reach(input[1], Width));
        return [vertical / 2, horizontal / 2, vertical - (vertical / 2), horizontal - (horizontal / 2)];
    }

    /// <summary>Windows down and across.</summary>
    public (int Height, int Width) Places(int[] input) => (Places(input[0], Height), Places(input[1], Width));

    /// <summary>Whether there is one window, and it is all of the input.</summary>
    public bool Covers(int[] input) => (Height, Width) == (input[0], input[1]) && Places(input) == (1, 1);

    private int Places(int extent, int size) => ((extent + Reach(extent, size) - size) / Stride) + 1;

    private int Reach(int extent, int size) => Padding switch
    {
        Padding.Valid => 0,
        Padding.Same => size - 1,
        _ => Math.Max(0, (((extent - 1) / Stride) * Stride) + size - extent),
    };
}
