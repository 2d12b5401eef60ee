using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// A batch of a data set, copied to where kernels want it: all samples of the first input, then all of the second, in aligned memory.
/// Filled again and again without allocation.
/// </summary>
internal sealed class Batches : ParallelWork, IDisposable
{
    private const int SamplesPerChunk = 32;
    private const int FloatsWorthAThread = 1 << 15;

    private readonly int[] _parts;
    private readonly int _inputSize;
    private readonly int _targetLength;
    private readonly AlignedMemory _inputs;
    private readonly AlignedMemory _targets;
    private Dataset? _data;
    private int[] _places = [];
    private int _start;

    public Batches(NetworkInfo info, int capacity)
    {
        _parts = info.InputSizes;
        _inputSize = _parts.Sum();
        _targetLength = info.TargetSize;
        _inputs = new AlignedMemory((long)capacity * _inputSize);
        _targets = new AlignedMemory((long)capacity * _targetLength);
    }

    /// <summary>Samples in the batch.</summary>
    public int Count { get; private set; }

    public nint Inputs => _inputs.Address;

    public nint Targets => _targets.Address;

    /// <summary>Copies the samples that are stored at some of the places.</summary>
    public void Fill(Dataset data, int[] places, int start, int count, int threads)
    {
        (_data, _places, _start, Count) = (data, places, start, count);
        var large = count * (_inputSize + _targetLength) >= FloatsWorthAThread;
        WorkerPool.Run(this, stage: 0, (count + SamplesPerChunk - 1) / SamplesPerChunk, large ? threads : 1);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
    }

    public override void Execute(int stage, int chunk, int worker)
    {
        var end = Math.Min(Count, (chunk + 1) * SamplesPerChunk);
        for (var sample = chunk * SamplesPerChunk; sample < end; sample++)
        {
            var place = _places[_start + sample];
            CopyInput(_data!.Inputs.AsSpan(place * _inputSize, _inputSize), sample);
            CopyTarget(place, sample);
        }
    }

    private unsafe void CopyInput(ReadOnlySpan<float> values, int sample)
    {
        var part = (float*)Inputs;
        foreach (var size in _parts)
        {
            values[..size].CopyTo(new Span<float>(part + ((long)sample * size), size));
            values = values[size..];
            part += (long)Count * size;
        }
    }

    private unsafe void CopyTarget(int place, int sample)
    {
        var target = (float*)Targets + ((long)sample * _targetLength);
        if (_data!.Targets is int[] labels)
        {
            *(int*)target = labels[place];
        }
        else
        {
            ((float[])_data.Targets).AsSpan(place * _targetLength, _targetLength).CopyTo(new Span<float>(target, _targetLength));
        }
    }
}
