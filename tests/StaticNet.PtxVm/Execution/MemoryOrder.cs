namespace StaticNet.PtxVm.Execution;

/// <summary>How an access takes part in what threads tell each other.</summary>
[Flags]
internal enum MemoryOrder
{
    /// <summary>A plain access: it must not meet others.</summary>
    Weak = 0,

    /// <summary><c>.relaxed</c>, <c>.volatile</c> and atomic operations.</summary>
    Strong = 1,

    /// <summary>What the thread does later happens after.</summary>
    Acquire = 2,

    /// <summary>What the thread did earlier happens before.</summary>
    Release = 4,
}

/// <summary>The effect of strong accesses on what warps know of each other.</summary>
internal static class MemoryOrders
{
    /// <summary>Reads the modifiers of an access.</summary>
    public static MemoryOrder Of(string? word) => word switch
    {
        null => MemoryOrder.Weak,
        "acquire" => MemoryOrder.Strong | MemoryOrder.Acquire,
        "release" => MemoryOrder.Strong | MemoryOrder.Release,
        "acq_rel" => MemoryOrder.Strong | MemoryOrder.Acquire | MemoryOrder.Release,
        _ => MemoryOrder.Strong,
    };

    public static void BeforeAccess(this MemoryOrder order, Warp warp)
    {
        if (order.HasFlag(MemoryOrder.Release))
            warp.Fence();
    }

    public static void AfterAccess(this MemoryOrder order, Warp warp)
    {
        if (order.HasFlag(MemoryOrder.Acquire))
            warp.Fence();
    }
}
