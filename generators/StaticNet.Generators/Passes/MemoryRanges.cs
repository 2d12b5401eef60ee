namespace StaticNet.Generators.Passes;

/// <summary>Floats that are in use from one kernel to another, and the place that waits for an offset.</summary>
internal sealed class MemoryRange(Placement placement, int floats, int start, int end)
{
    public Placement Placement { get; } = placement;

    public int Floats { get; } = floats;

    public int Start { get; } = start;

    public int End { get; } = end;

    public bool MeetsInTime(MemoryRange other) => Start <= other.End && other.Start <= End;

    public bool MeetsInSpace(MemoryRange other) =>
        Placement.Offset < other.Placement.Offset + other.Floats && other.Placement.Offset < Placement.Offset + Floats;
}

/// <summary>
/// Gives ranges offsets, so that none that are in use at once overlap and the last ends early. In the order of time first, each as low as
/// it can be: what a kernel writes then lies where something else has just been, and large values are not all a power of two apart
/// (training of a small residual network is a tenth faster). Where that takes more than a twentieth above what is in use at once, the
/// largest range comes first, each in the smallest gap that it fits in (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural
/// Net Inference", 2020); whichever then sticks out goes first in another try, while that helps.
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
        var order = ranges.OrderBy(range => range.Start).ToList();
        var least = order.Concat(_placed).Select(range => range.Start).Distinct().Select(InUse).DefaultIfEmpty().Max();
        var (best, bestEnd) = (Offsets(order, LowestGap), EndOf(order));
        var end = int.MaxValue;
        if (reuse && bestEnd > least * 1.05)
        {
            order = [.. order.OrderByDescending(range => range.Floats)];
            KeepIfLess(Offsets(order, SmallestGap));
        }

        for (var i = 0; bestEnd > least && end < int.MaxValue && i < Tries; i++)
        {
            var last = order.First(range => range.Placement.Offset + range.Floats == end);
            order.Remove(last);
            order.Insert(0, last);
            KeepIfLess(Offsets(order, SmallestGap));
        }

        foreach (var pair in best)
        {
            pair.Key.Placement.Offset = pair.Value;
        }

        _placed.AddRange(ranges);
        End = Math.Max(End, bestEnd);

        void KeepIfLess(Dictionary<MemoryRange, int> offsets)
        {
            end = EndOf(order);
            if (end < bestEnd)
            {
                (best, bestEnd) = (offsets, end);
            }
        }

        int InUse(int kernel) => order.Concat(_placed).Where(range => range.Start <= kernel && kernel <= range.End).Sum(range => range.Floats);
    }

    private static int EndOf(IEnumerable<MemoryRange> ranges) => ranges.Select(range => range.Placement.Offset + range.Floats).DefaultIfEmpty().Max();

    private Dictionary<MemoryRange, int> Offsets(List<MemoryRange> order, Func<List<MemoryRange>, MemoryRange, int> gap)
    {
        // Sorted by offset, so that gaps are found in one pass.
        var placed = _placed.OrderBy(range => range.Placement.Offset).ToList();
        foreach (var range in order)
        {
            range.Placement.Offset = gap(placed, range);
            var index = placed.FindIndex(other => other.Placement.Offset > range.Placement.Offset);
            placed.Insert(index < 0 ? placed.Count : index, range);
        }

        return order.ToDictionary(range => range, range => range.Placement.Offset);
    }

    private int LowestGap(List<MemoryRange> placed, MemoryRange range) => Gaps(placed, range).First(gap => gap.Floats >= range.Floats).Offset;

    private int SmallestGap(List<MemoryRange> placed, MemoryRange range) =>
        Gaps(placed, range).Where(gap => gap.Floats >= range.Floats).OrderBy(gap => gap.Floats).First().Offset;

    /// <summary>What is free while a range is in use; the last has no end.</summary>
    private IEnumerable<(int Offset, int Floats)> Gaps(List<MemoryRange> placed, MemoryRange range)
    {
        var end = 0;
        foreach (var other in placed.Where(other => !reuse || other.MeetsInTime(range)))
        {
            yield return (end, other.Placement.Offset - end);
            end = Math.Max(end, other.Placement.Offset + other.Floats);
        }

        yield return (end, int.MaxValue);
    }
}
