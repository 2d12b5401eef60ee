using StaticNet.Benchmarks.Probes;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>A batch with every kind of target; the network takes the one its loss asks for.</summary>
internal readonly ref struct TrainingBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> values, ReadOnlySpan<int> classes)
{
    public ReadOnlySpan<float> Inputs { get; } = inputs;

    public ReadOnlySpan<float> Values { get; } = values;

    public ReadOnlySpan<int> Classes { get; } = classes;
}

/// <summary>
/// Random batches for training, renewed outside the clock. The peer's script keeps as many, so that both sides stream
/// their inputs from the same level of the memory. Nothing of it moves.
/// </summary>
internal sealed class TrainingData : IDisposable
{
    private const int PoolBytes = 16 << 20;

    private readonly int _batch;
    private readonly int _outputs;
    private readonly int _inputsLength;
    private readonly int _capacity;
    private readonly Random _random = new(1);
    private readonly AlignedBuffer _inputs;
    private readonly float[] _values;
    private readonly int[] _classes;
    private int _count;
    private int _next;

    public TrainingData(NetworkShape shape, int batch)
    {
        _batch = batch;
        _outputs = shape.Outputs;
        _inputsLength = batch * shape.Inputs;
        _capacity = Math.Max(1, PoolBytes / (sizeof(float) * _inputsLength));
        _inputs = new(_capacity * _inputsLength);
        _values = GC.AllocateArray<float>(_capacity * batch * _outputs, pinned: true);
        _classes = GC.AllocateArray<int>(_capacity * batch, pinned: true);
    }

    /// <summary>Fills the pool anew, for so many steps or as many as fit; then they come round again.</summary>
    public void Refresh(int steps)
    {
        (_count, _next) = (Math.Clamp(steps, 1, _capacity), 0);
        _inputs.FillUniform(_random, 0, 1, _count * _inputsLength);
        foreach (ref var value in _values.AsSpan(0, _count * _batch * _outputs))
        {
            value = _random.Next(2);
        }

        foreach (ref var index in _classes.AsSpan(0, _count * _batch))
        {
            index = _random.Next(_outputs);
        }
    }

    public TrainingBatch Next()
    {
        var index = _next;
        _next = index + 1 == _count ? 0 : index + 1;
        return new(
            _inputs.Span.Slice(index * _inputsLength, _inputsLength),
            _values.AsSpan(index * _batch * _outputs, _batch * _outputs),
            _classes.AsSpan(index * _batch, _batch));
    }

    public void Dispose() => _inputs.Dispose();
}
