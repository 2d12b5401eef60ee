namespace StaticNet.Execution;

/// <summary>Two random words: as many as any stage needs for a sample.</summary>
internal readonly record struct StageDraw(uint Word0, uint Word1)
{
    private const double Unit = 1.0 / (1L << 32);

    /// <summary>The first word as a number in [0, 1).</summary>
    public double Uniform => Word0 * Unit;

    /// <summary>The words as whole numbers from 0 to two bounds, the bounds themselves left out.</summary>
    public (int First, int Second) Below(int first, int second) =>
        ((int)(((ulong)Word0 * (ulong)first) >> 32), (int)(((ulong)Word1 * (ulong)second) >> 32));
}
