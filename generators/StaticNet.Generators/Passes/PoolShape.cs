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
    /// <exception cref="NotSupportedException">Windows are along other axes than the two before the last.</exception>
    public static PoolShape Of(Node node)
    {
        var (cells, windows) = node.Operation switch
        {
            PoolOperation pool => (node.Operands[0].Shape, pool.Windows),
            PoolGradientOperation gradient => (node.Shape, gradient.Windows),
            _ => throw new NotSupportedException($"No windows: {node}."),
        };
        var (rows, row) = (cells.Rank - 3, cells.Rank - 2);
        if (windows.Any(window => window.Axis != rows && window.Axis != row) || rows < 0)
        {
            throw new NotSupportedException($"Windows along these axes have no kernel: {node}");
        }

        // Along an axis without a window every cell is a place.
        var still = new PoolWindow(0, 1, 1, 0, 0);
        var (down, across) = (Along(rows), Along(row));
        var height = down == still ? 1 : cells[rows].Size;
        var width = cells[row].Size;
        var images = cells.ConstantSize / (height * width * cells.Last.Size);

        // One window over everything is one over a single row.
        return down is { Before: 0, After: 0 } && across is { Before: 0, After: 0 } && down.Size == height && across.Size == width
            ? new(images, 1, height * width, still, new(0, height * width, height * width, 0, 0))
            : new(images, height, width, down, across);

        PoolWindow Along(int axis) => windows.Any(window => window.Axis == axis) ? windows.First(window => window.Axis == axis) : still;
    }

    private static bool ReachesOutOf(PoolWindow window, int cells) =>
        window.Before > 0 || ((window.Places(cells) - 1) * window.Stride) - window.Before + window.Size > cells;
}
