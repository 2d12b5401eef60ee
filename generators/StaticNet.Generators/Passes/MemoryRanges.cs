namespace StaticNet.Generators.Passes;

/// <summary>Floats that are in use from one kernel to another, and the place that waits for an offset.</summary>
internal sealed class MemoryRange(Placement placement, int floats, int start, int end)
{
    public Placement Placement { get; } = placement;

    public int Floats { get; } = floats;

    public int Start { get; } = start;

    public int End { get; } = end;

    public bool MeetsInTime(MemoryRange other) => Start <= other.End && other.Start <= End;
}

/// <summary>
/// Gives ranges offsets, so that none that are in use at once overlap and the last ends early: the largest range first, each in the
/// smallest gap that it fits in (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020). Whichever range
/// then sticks out goes first in another try, while that helps.
/// </summary>
/// <param name="reuse">False gives every range a place of its own.</param>
internal sealed class MemoryRanges(bool reuse)
{
    /// <summary>Tries to come down to what is in use at once.</summary>
    private const int Tries = 64;

    private readonly List<MemoryRange> _placed = [];

    /// <summary>Where the last range ends.</summary>
    public int End { get; private set; }

    /// <summary>Places ranges beside those that are placed already.</summary>
    public void Place(IReadOnlyList<MemoryRange> ranges)
    {
        var order = ranges.OrderByDescending(range => range.Floats).ThenBy(range => range.Start).ToList();
        var least = order.Concat(_placed).Select(range => range.Start).Distinct().Select(InUse).DefaultIfEmpty().Max();
        var (best, bestEnd) = (Offsets(order), EndOf(order));
        var end = bestEnd;
        for (var i = 0; reuse && end > least && i < Tries; i++)
        {
            var last = order.First(range => range.Placement.Offset + range.Floats == end);
            order.Remove(last);
            order.Insert(0, last);
            var offsets = Offsets(order);
            end = EndOf(order);
            if (end < bestEnd)
            {
                (best, bestEnd) = (offsets, end);
            }
        }

        foreach (var pair in best)
        {
            pair.Key.Placement.Offset = pair.Value;
        }

        _placed.AddRange(ranges);
        End = Math.Max(End, bestEnd);

        int InUse(int kernel) => order.Concat(_placed).Where(range => range.Start <= kernel && kernel <= range.End).Sum(range => range.Floats);
    }

    private static int EndOf(IEnumerable<MemoryRange> ranges) => ranges.Select(range => range.Placement.Offset + range.Floats).DefaultIfEmpty().Max();

    private Dictionary<MemoryRange, int> Offsets(List<MemoryRange> order)
    {
        // Sorted by offset, so that gaps are found in one pass.
        var placed = _placed.OrderBy(range => range.Placement.Offset).ToList();
        foreach (var range in order)
        {
            range.Placement.Offset = Gap(placed, range);
            var index = placed.FindIndex(other => other.Placement.Offset > range.Placement.Offset);
            placed.Insert(index < 0 ? placed.Count : index, range);
        }

        return order.ToDictionary(range => range, range => range.Placement.Offset);
    }

    private int Gap(List<MemoryRange> placed, MemoryRange range)
    {
        var (end, best, bestFloats) = (0, -1, int.MaxValue);
        foreach (var other in placed)
        {
            if (reuse && !other.MeetsInTime(range))
            {
                continue;
            }

            var gap = other.Placement.Offset - end;
            if (gap >= range.Floats && gap < bestFloats)
            {
                (best, bestFloats) = (end, gap);
            }

            end = Math.Max(end, other.Placement.Offset + other.Floats);
        }

        return best < 0 ? end : best;
    }
}
