namespace StaticNet.PtxVm.Execution;

/// <summary>In which order warps and CTAs get their turn; what depends on it is a mistake of the kernel.</summary>
public enum ScheduleOrder
{
    /// <summary>By number, each until it has to wait.</summary>
    Forward,

    /// <summary>By number from the last, each until it has to wait.</summary>
    Reverse,

    /// <summary>Drawn, each until it has to wait.</summary>
    Random,

    /// <summary>Drawn, each for some instructions only, drawn too.</summary>
    Interleaved,
}

/// <summary>When asynchronous copies take place, of all the moments that a device may choose.</summary>
public enum AsyncCopyMoment
{
    /// <summary>When they are waited for.</summary>
    Latest,

    /// <summary>At once.</summary>
    Earliest,
}

/// <summary>How a launch is executed where a device has a choice.</summary>
public sealed record LaunchOptions
{
    public static LaunchOptions Default { get; } = new();

    public ScheduleOrder Order { get; init; }

    /// <summary>What orders are drawn from.</summary>
    public int Seed { get; init; }

    public AsyncCopyMoment AsyncCopies { get; init; }

    /// <summary>How many CTAs are there at the same time.</summary>
    public int ResidentCtas { get; init; } = 8;

    /// <summary>
    /// Which CTAs of the grid are executed, by their positions; null for all. One of a class of like CTAs may stand for the others
    /// where only counts are wanted.
    /// </summary>
    public Predicate<Dim3>? Ctas { get; init; }

    /// <summary>Most instructions of all warps together, after which the launch is given up.</summary>
    public long InstructionBudget { get; init; } = 2_000_000_000;
}

/// <summary>Extents of a grid or a CTA.</summary>
public readonly record struct Dim3(int X, int Y = 1, int Z = 1)
{
    public long Count => (long)X * Y * Z;

    public static implicit operator Dim3(int x) => FromInt32(x);

    public static Dim3 FromInt32(int x) => new(x);

    /// <summary>Returns the coordinates of an index that counts x fastest.</summary>
    public Dim3 At(int index) => new(index % X, index / X % Y, index / X / Y);

    public override string ToString() => $"({X}, {Y}, {Z})";
}
