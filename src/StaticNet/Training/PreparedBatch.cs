using StaticNet.Execution;

namespace StaticNet;

/// <summary>A batch that is ready for a step: its samples, and the weight of each in the loss.</summary>
/// <param name="info">The network.</param>
/// <param name="capacity">The most samples.</param>
internal sealed class PreparedBatch(NetworkInfo info, int capacity) : IDisposable
{
    private readonly AlignedMemory _weights = new(capacity);
    private int[]? _places;
    private int _start;

    /// <summary>The samples.</summary>
    public Batches Batches { get; } = new(info, capacity);

    /// <summary>The weight of each sample; zero for one over the batch size.</summary>
    public nint Weights { get; private set; }

    /// <summary>The ticket of a batch that was sent ahead to the device; zero for one that was not.</summary>
    public long Ticket { get; set; }

    /// <summary>Whether it has the samples at these places.</summary>
    public bool Has(int[] places, int start, int count) => _places == places && _start == start && Batches.Count == count;

    /// <summary>Says which samples it has.</summary>
    public void Prepare(int[] places, int start) => (_places, _start, Weights, Ticket) = (places, start, 0, 0);

    /// <summary>Says that it has none: places may have changed.</summary>
    public void Forget() => _places = null;

    /// <summary>Room for the weights, which count from now on.</summary>
    public Span<float> Weigh()
    {
        Weights = _weights.Address;
        return _weights.Span;
    }

    public void Dispose()
    {
        Batches.Dispose();
        _weights.Dispose();
    }
}
