namespace StaticNet.PtxVm.Checks;

/// <summary>What a warp knows to have happened before: a time of each warp of its CTA, and of warps of other CTAs.</summary>
internal sealed class HappenedBefore
{
    private readonly uint[] own = new uint[32];
    private Clock? others;

    /// <summary>By warp of the same CTA, the time up to which all it did happened before.</summary>
    public uint[] Own => own;

    /// <summary>What a fence made ready for others to know.</summary>
    public Clock? Released { get; private set; }

    /// <summary>What atomic operations saw of others, to be known after the next fence.</summary>
    public Clock? Observed { get; private set; }

    public void Reset()
    {
        Array.Clear(own);
        (others, Released, Observed) = (null, null, null);
    }

    /// <summary>Takes over what another warp of the CTA knows.</summary>
    public void Join(HappenedBefore other)
    {
        for (var warp = 0; warp < own.Length; warp++)
            own[warp] = Math.Max(own[warp], other.own[warp]);

        if (other.others is not null)
            (others ??= new()).Join(other.others);
    }

    /// <summary>Tells whether what a warp of another CTA did up to a time happened before.</summary>
    public bool KnowsOther(uint cta, int warp, uint time) => others is not null && others.Knows(cta, warp, time);

    /// <summary>Notes what an atomic operation read at a place.</summary>
    public void Observe(Clock clock) => (Observed ??= new()).Join(clock);

    /// <summary>Executes a fence: what was observed is known, and what is known is ready to be released.</summary>
    public void Fence(uint cta, int warp, uint now)
    {
        if (Observed is not null)
            (others ??= new()).Join(Observed);

        Released = new();
        if (others is not null)
            Released.Join(others);

        var times = own.ToArray();
        times[warp] = now;
        Released.Join(cta, times);
    }
}

/// <summary>Times of warps of several CTAs.</summary>
internal sealed class Clock
{
    private readonly Dictionary<uint, uint[]> times = [];

    public bool Knows(uint cta, int warp, uint time) => times.TryGetValue(cta, out var known) && known[warp] >= time;

    public void Join(Clock other)
    {
        foreach (var (cta, known) in other.times)
            Join(cta, known);
    }

    public void Join(uint cta, uint[] known)
    {
        if (!times.TryGetValue(cta, out var mine))
            times[cta] = mine = new uint[32];

        for (var warp = 0; warp < mine.Length; warp++)
            mine[warp] = Math.Max(mine[warp], known[warp]);
    }
}
