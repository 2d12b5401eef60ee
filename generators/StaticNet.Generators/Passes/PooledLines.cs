using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Windows that follow a contraction over windows and share no cell: each thread makes the few lines under one line of places in memory of
/// its own, and only the places are in memory for all.
/// </summary>
/// <param name="Pool">The windows, and what follows them.</param>
/// <param name="Lines">Lines of the contraction's result under a line of places.</param>
/// <param name="Width">Places of such a line, whether a window has them or not.</param>
internal sealed record PooledLines(PoolKernel Pool, int Lines, int Width)
{
    /// <summary>Floats from one place to the next: lines are made panel by panel.</summary>
    public const int Stride = Padding.PanelWidth;

    /// <summary>Lines under a line of places: with more, there would be few pieces of work for several threads.</summary>
    private const int MaximumLines = 4;

    /// <summary>Places of a line that fill half a tile of registers: shorter lines are computed together, with those of other windows.</summary>
    private const int MinimumWidth = 7;

    /// <summary>Floats of lines that leave room for weights in a second-level cache.</summary>
    private const int MaximumFloats = 32 * 1024;

    /// <summary>Floats of the lines.</summary>
    public int Floats => Lines * Width * Stride;

    /// <summary>Lines of places of a sample.</summary>
    public int Down => Pool.Shape.Images * Pool.Shape.PlacesDown;

    /// <summary>Places of such a line.</summary>
    public int Across => Pool.Shape.PlacesAcross;

    /// <summary>The lines under one line of places, which they begin with.</summary>
    public PoolShape Shape => Pool.Shape with { Images = 1, Height = Pool.Shape.Height == 1 ? 1 : Lines };

    /// <summary>The windows over what a kernel makes, should they be computed by it; null where they cannot be.</summary>
    public static PooledLines? Of(Node node, ContractKernel kernel)
    {
        var (result, shape) = (kernel.Contract.Result.Shape, PoolShape.Of(node));
        if (kernel is not { Pooled: null, Contract: { N: > 1, GivesWeights: false, Windows.IsDepthwise: false } }
            || !shape.IsPartition || shape.ReachesOut
            || kernel.Epilogue.Reads.Any(read => read.Shape.HasBatch))
        {
            return null;
        }

        // Without a window from line to line, each line is an image; one window over all of an image takes its lines as one.
        var height = result.Rank == 4 ? result[1].Size : 1;
        var lines = shape.Height == 1 ? height / shape.Images : shape.Down.Size;
        var pooled = new PooledLines(new PoolKernel(node), lines, result[result.Rank - 2].Size);
        var isWorthwhile = kernel.Tiles is null ? pooled.Width >= MinimumWidth : WinogradTiles.Size % lines == 0;
        return lines <= MaximumLines && pooled.Floats <= MaximumFloats && isWorthwhile ? pooled : null;
    }
}
