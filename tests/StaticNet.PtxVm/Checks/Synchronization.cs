using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Checks;

/// <summary>What the CTAs of a launch tell each other: by each place of atomic operations, what was released there.</summary>
internal sealed class Synchronization
{
    private readonly Dictionary<ulong, Clock> places = [];

    /// <summary>An atomic write at a place: who sees it after its fence knows what the writer knew at its own.</summary>
    public void Release(Warp warp, ulong address)
    {
        if (warp.Before.Released is not { } released)
            return;

        if (!places.TryGetValue(address, out var clock))
            places[address] = clock = new();

        clock.Join(released);
    }

    /// <summary>An atomic read at a place.</summary>
    public void Acquire(Warp warp, ulong address)
    {
        if (places.TryGetValue(address, out var clock))
            warp.Before.Observe(clock);
    }
}
