using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

internal enum PlacementKind
{
    /// <summary>A range of the work area, so many floats for each sample.</summary>
    Arena,

    /// <summary>A range of the work area that does not grow with the batch.</summary>
    Fixed,

    /// <summary>Memory of a thread's own.</summary>
    Scratch,

    /// <summary>Memory of the user's or the trainer's; the ordinal tells inputs apart.</summary>
    Input, Output, Target, SampleWeights, Losses, OutputGradient, InputGradient,

    /// <summary>A range of the parameter arena, or of the gradient arena; the ordinal is the parameter's.</summary>
    Parameter, Gradient,

    /// <summary>Numbers that change from step to step: the key of the random numbers and the count of steps, 64 bits each.</summary>
    Step,
}

/// <summary>Where a value is in memory, as rows.</summary>
/// <param name="Kind">In which memory.</param>
/// <param name="Ordinal">Which input or parameter.</param>
/// <param name="Stride">Floats from one row to the next.</param>
/// <param name="Padded">Whether rows end in zeros up to whole vectors of 16, so that kernels need not stop short.</param>
internal sealed record Placement(PlacementKind Kind, int Ordinal, int Stride, bool Padded)
{
    private int _offset;

    /// <summary>The begin: floats for each sample of the batch, or plain floats when the memory does not grow with the batch.</summary>
    public int Offset
    {
        get => Border?.Around.Offset ?? _offset;
        set => _offset = value;
    }

    /// <summary>What is around the lines of an image that is written to where its copy with a border would go.</summary>
    public ImageBorder? Border { get; init; }

    /// <summary>Floats from one row of a value that lies here to the next; a value in packed memory has the rows that its shape says.</summary>
    public int StrideOf(Node node) => IsPackedFor(node) ? node.Shape.Last.Size : Stride;

    /// <summary>Whether whole vectors of 16 may be read and written at the end of a row.</summary>
    public bool IsPaddedFor(Node node) => IsPackedFor(node) ? node.Shape.Last.Size % 16 == 0 : Padded;

    private bool IsPackedFor(Node node) =>
        Kind is not (PlacementKind.Parameter or PlacementKind.Gradient or PlacementKind.Fixed) && Stride == Fuse.Storage(node).Shape.Last.Size;

    /// <summary>Where a value that the user may not want goes when he does not, while its kernel makes others that are needed.</summary>
    public Placement? Spare { get; set; }
}

/// <summary>A border of zeros around images.</summary>
/// <param name="Around">The place of the images with their border.</param>
/// <param name="Lines">Lines of such an image.</param>
/// <param name="Width">Places of such a line.</param>
/// <param name="Top">Lines above.</param>
/// <param name="Left">Places before.</param>
internal sealed record ImageBorder(Placement Around, int Lines, int Width, int Top, int Left)
{
    /// <summary>The row at the begin of a line, as C#.</summary>
    public string Row(string sample, string line) => $"((((({sample} * {Lines}) + {line}) + {Top}) * {Width}) + {Left})";
}

/// <summary>What every value of a schedule is kept in, and how much work area that takes.</summary>
internal sealed class MemoryPlan
{
    private readonly Dictionary<Node, List<Placement>> _placements = [];
    private readonly Dictionary<Node, Placement> _sums = [];
    private readonly Dictionary<Node, Placement> _points = [];
    private readonly HashSet<Node> _bordered = [];

    /// <summary>Floats of work area that do not grow with the batch.</summary>
    public int FixedFloats { get; set; }

    /// <summary>How many of these hold values that go from one kernel to another; the others are what kernels need besides.</summary>
    public int FixedValueFloats { get; set; }

    /// <summary>Floats of work area for each sample.</summary>
    public int SampleFloats { get; set; }

    /// <summary>How many of these hold values that go from one kernel to another.</summary>
    public int SampleValueFloats { get; set; }

    /// <summary>Where kernels read a value.</summary>
    public Placement this[Node node] => _placements[Fuse.Storage(node)][0];

    /// <summary>Where the kernel that makes a value writes it: memory to read it from, memory of the user's, or both.</summary>
    public IReadOnlyList<Placement> Targets(Node node) => _placements[node];

    /// <summary>
    /// Where the sums of a contraction gather before its epilogue, in rows that end in whole vectors; where those of a sum over all rows
    /// gather that several threads share.
    /// </summary>
    public Placement Sums(Node node) => _sums[node];

    public void SetSums(Node node, Placement placement) => _sums[node] = placement;

    /// <summary>Whether the place of an image has its border already, from the image that was there before.</summary>
    public bool IsBordered(Node node) => _bordered.Contains(node);

    public void SetBordered(Node node) => _bordered.Add(node);

    /// <summary>Where the transformed weights of a contraction by tiles are, or their gradient.</summary>
    public Placement Points(Node node) => _points[node];

    public void SetPoints(Node node, Placement placement) => _points[node] = placement;

    public void Add(Node node, Placement placement)
    {
        if (!_placements.TryGetValue(node, out var list))
        {
            _placements[node] = list = [];
        }

        list.Add(placement);
    }
}
