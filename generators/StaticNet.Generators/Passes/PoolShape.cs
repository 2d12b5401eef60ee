using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>Cells that windows slide over, as rows and columns of cells; a sequence is one row of them.</summary>
/// <param name="Images">Images in a sample: what the axes before the windows enumerate.</param>
/// <param name="Height">Rows of cells.</param>
/// <param name="Width">Cells in a row.</param>
/// <param name="Down">The window along the rows.</param>
/// <param name="Across">The window along a row.</param>
internal sealed record PoolShape(int Images, int Height, int Width, PoolWindow Down, PoolWindow Across)
{
    public int PlacesDown => Down.Places(Height);

    public int PlacesAcross => Across.Places(Width);

    /// <summary>Cells of a window that lies inside.</summary>
    public int Cells => Down.Size * Across.Size;

    /// <summary>Whether some window reaches out of the rows or the columns.</summary>
    public bool ReachesOut => ReachesOutOf(Down, Height) || ReachesOutOf(Across, Width);

    /// <summary>Whether no two windows share a cell and none is left between them.</summary>
    public bool IsPartition => Down.Stride == Down.Size && Across.Stride == Across.Size;

    /// <summary>The shape of a pooling or of its gradient.</summary>
    /// <exception cref="NotSupportedException">The windows are not along one or two neighbouring axes before the last.</exception>
    public static PoolShape Of(Node node)
    {
        var (cells, windows) = node.Operation switch
        {
            PoolOperation pool => (node.Operands[0].Shape, pool.Windows),
            PoolGradientOperation gradient => (node.Shape, gradient.Windows),
            _ => throw new NotSupportedException($"No windows: {node}."),
        };
        var ordered = windows.OrderBy(window => window.Axis).ToArray();
        var across = ordered[ordered.Length - 1];
        if (across.Axis != cells.Rank - 2 || ordered.Length > 2 || (ordered.Length == 2 && ordered[0].Axis != across.Axis - 1))
        {
            throw new NotSupportedException($"Windows along these axes have no kernel: {node}");
        }

        var (height, down) = ordered.Length == 2 ? (cells[ordered[0].Axis].Size, ordered[0]) : (1, new PoolWindow(0, 1, 1, 0, 0));
        var width = cells[across.Axis].Size;
        var images = cells.ConstantSize / (height * width * cells.Last.Size);

        // One window over everything is one over a single row.
        return down is { Before: 0, After: 0 } && across is { Before: 0, After: 0 } && down.Size == height && across.Size == width
            ? new(images, 1, height * width, new(0, 1, 1, 0, 0), new(0, height * width, height * width, 0, 0))
            : new(images, height, width, down, across);
    }

    private static bool ReachesOutOf(PoolWindow window, int cells) =>
        window.Before > 0 || ((window.Places(cells) - 1) * window.Stride) - window.Before + window.Size > cells;
}
