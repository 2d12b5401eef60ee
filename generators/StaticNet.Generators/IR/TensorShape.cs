using System.Globalization;

namespace StaticNet.Generators.IR;

/// <summary>The length of one axis: a constant, or a symbol whose value the run time supplies (the batch, first of all).</summary>
internal readonly record struct Extent(int Size, string? Symbol = null)
{
    public static readonly Extent Batch = new(0, "batch");

    public bool IsSymbol => Symbol is not null;

    public bool IsOne => !IsSymbol && Size == 1;

    public static implicit operator Extent(int size) => new(size);

    public override string ToString() => Symbol ?? Size.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The extents of a value, outermost first. Values that depend on the samples have the batch as their first axis.</summary>
internal readonly record struct TensorShape(EquatableArray<Extent> Extents)
{
    /// <summary>The shape [batch, sample extents…].</summary>
    public static TensorShape Batched(IEnumerable<int> sample) => new([Extent.Batch, .. sample.Select(size => new Extent(size))]);

    public int Rank => Extents.Count;

    public Extent this[int axis] => Extents[axis];

    /// <summary>The extent of the innermost axis.</summary>
    public Extent Last => Extents[Rank - 1];

    public bool HasBatch => Rank > 0 && Extents[0] == Extent.Batch;

    /// <summary>The product of the constant extents: elements of one sample, or of the whole value when it has no batch.</summary>
    public int ConstantSize => Extents.Where(e => !e.IsSymbol).Aggregate(1, (size, e) => checked(size * e.Size));

    /// <summary>The constant extents: the shape of one sample.</summary>
    public IEnumerable<int> Sample => Extents.Where(e => !e.IsSymbol).Select(e => e.Size);

    public TensorShape With(int axis, Extent extent) => new([.. Extents.Select((e, i) => i == axis ? extent : e)]);

    /// <summary>The sample shape as a person writes it: <c>28×28×1</c>.</summary>
    public string SampleText => string.Join("×", Sample);

    public override string ToString() => $"[{string.Join(", ", Extents)}]";
}
