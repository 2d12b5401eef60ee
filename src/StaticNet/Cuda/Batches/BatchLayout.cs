using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>
/// Where the parts of a batch lie, in pinned memory and on the device alike: what goes there comes first and together, so that it is one
/// copy, then what comes back. Only what the programs name has room.
/// </summary>
internal sealed class BatchLayout
{
    private const long Alignment = 256;

    private readonly Dictionary<(CudaSpace Space, int Ordinal), BytesRange> _parts = [];

    /// <summary>Lays out a batch.</summary>
    /// <param name="info">The network.</param>
    /// <param name="named">What the programs name.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="penaltyBytes">Room for the sums of penalties.</param>
    public BatchLayout(NetworkInfo info, IReadOnlySet<CudaSpace> named, int batch, long penaltyBytes)
    {
        Batch = batch;
        Step = Add(StepBlock.Bytes);
        AddPart(CudaSpace.SampleWeights, 1);
        AddPart(CudaSpace.Target, info.TargetSize);
        for (var i = 0; i < info.InputSizes.Length; i++)
        {
            AddPart(CudaSpace.Input, info.InputSizes[i], i);
        }

        AddPart(CudaSpace.OutputGradient, info.OutputSize);
        Penalties = Add(penaltyBytes);
        AddPart(CudaSpace.Losses, 1);
        AddPart(CudaSpace.Output, info.OutputSize);
        for (var i = 0; i < info.InputSizes.Length; i++)
        {
            AddPart(CudaSpace.InputGradient, info.InputSizes[i], i);
        }

        void AddPart(CudaSpace space, int size, int ordinal = 0)
        {
            if (named.Contains(space))
            {
                _parts.Add((space, ordinal), Add((long)batch * size * sizeof(float)));
            }
        }
    }

    /// <summary>Samples.</summary>
    public int Batch { get; }

    /// <summary>The numbers of the step.</summary>
    public BytesRange Step { get; }

    /// <summary>The sums that penalties are made of.</summary>
    public BytesRange Penalties { get; }

    /// <summary>All of it.</summary>
    public long Bytes { get; private set; }

    /// <summary>A part; empty when no program names it.</summary>
    public BytesRange Part(CudaSpace space, int ordinal = 0) => _parts.GetValueOrDefault((space, ordinal));

    private BytesRange Add(long bytes)
    {
        var range = new BytesRange(Bytes, bytes);
        Bytes += (bytes + Alignment - 1) / Alignment * Alignment;
        return range;
    }
}

/// <summary>So many bytes from one on.</summary>
internal readonly record struct BytesRange(long Offset, long Length)
{
    /// <summary>The shortest range that holds both; an empty one holds nothing.</summary>
    public BytesRange With(BytesRange other)
    {
        if (Length == 0 || other.Length == 0)
        {
            return Length == 0 ? other : this;
        }

        var first = Math.Min(Offset, other.Offset);
        return new BytesRange(first, Math.Max(Offset + Length, other.Offset + other.Length) - first);
    }
}
