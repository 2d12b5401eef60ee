using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>A window along one axis: which cells a place has, and which places have a cell.</summary>
internal sealed class PtxWindow(PtxWriter writer, PoolWindow window, int cells)
{
    private readonly int _places = window.Places(cells);

    private bool ReachesBehind => ((_places - 1) * window.Stride) - window.Before + window.Size > cells;

    /// <summary>Whether each cell has just one place.</summary>
    private bool IsPartition => window.Stride == window.Size && window.Before == 0 && _places * window.Stride >= cells;

    /// <summary>The cells of a place that there are: the first, and the one behind the last.</summary>
    public (PtxValue First, PtxValue End) Cells(PtxValue place)
    {
        var begin = writer.Multiply(place, window.Stride);
        var first = window.Before == 0 ? begin : writer.Subtract(writer.MaximumWord(begin, window.Before), window.Before);
        var end = writer.Add(begin, window.Size);
        return (first, writer.Subtract(ReachesBehind ? writer.MinimumWord(end, cells + window.Before) : end, window.Before));
    }

    /// <summary>Every cell of a place, and whether it exists; null where that is certain.</summary>
    public List<(PtxValue Cell, PtxValue? Exists)> AllCells(PtxValue place)
    {
        // Before the first cell is, as an unsigned number, far behind the last.
        var begin = writer.Multiply(place, window.Stride);
        return [.. Enumerable.Range(0, window.Size).Select(i =>
        {
            var cell = writer.Add(begin, i - window.Before);
            return (cell, window.Before > 0 || ReachesBehind ? writer.Compare(PtxComparison.Less, cell, cells) : (PtxValue?)null);
        })];
    }

    /// <summary>Does something for each cell of a range of a place.</summary>
    /// <param name="range">The range.</param>
    /// <param name="turns">How many cells at once.</param>
    /// <param name="body">What is done.</param>
    public void ForCells((PtxValue First, PtxValue End) range, int turns, Action<PtxValue> body)
    {
        if (window.Size == 1 && window.Before == 0 && !ReachesBehind)
        {
            body(range.First);
        }
        else
        {
            writer.ForSeveral(range.First, range.End, 1, turns, body);
        }
    }

    /// <summary>Does something for each place that has a cell.</summary>
    public void ForPlaces(PtxValue cell, Action<PtxValue> body)
    {
        var at = writer.Add(cell, window.Before);
        var last = writer.Divide(at, window.Stride);
        if (IsPartition)
        {
            body(last);
            return;
        }

        var end = writer.MinimumWord(writer.Add(last, 1), _places);
        var first = writer.Divide(writer.Subtract(writer.MaximumWord(writer.Add(at, window.Stride), window.Size), window.Size), window.Stride);
        if (window.Stride >= window.Size)
        {
            writer.If(writer.Compare(PtxComparison.Less, first, end), () => body(first));
        }
        else
        {
            writer.For(first, end, 1, body);
        }
    }
}
