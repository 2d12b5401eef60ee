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
    private float[][] _scratch = [];
    private Dataset? _data;
    private AugmentationRound? _round;
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
    /// <param name="data">Holds the samples.</param>
    /// <param name="places">Where they are stored.</param>
    /// <param name="start">The first place to copy from.</param>
    /// <param name="count">How many.</param>
    /// <param name="round">Decides what augmentation leaves to chance; null for evaluation.</param>
    /// <param name="threads">The most threads that work at once.</param>
    public void Fill(Dataset data, int[] places, int start, int count, AugmentationRound? round, int threads)
    {
        (_data, _places, _start, Count, _round) = (data, places, start, count, round);
        var passes = 1 + (data.Pipeline?.Count ?? 0);
        var large = (long)count * ((_inputSize * passes) + _targetLength) >= FloatsWorthAThread;
        if (data.Pipeline is { } pipeline)
        {
            ReserveScratch(threads, pipeline.ScratchFloats);
        }

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
            var stored = _data!.Inputs.AsSpan(place * _data.InputSize, _data.InputSize);
            if (_data.Pipeline is { } pipeline)
            {
                pipeline.Apply(stored, Input(sample), _scratch[worker], place, _round);
            }
            else
            {
                CopyInput(stored, sample);
            }

            CopyTarget(place, sample);
        }
    }

    private void ReserveScratch(int threads, int floats)
    {
        if (_scratch.Length < threads || _scratch[0].Length < floats)
        {
            _scratch = new float[threads][];
            for (var i = 0; i < threads; i++)
            {
                _scratch[i] = new float[floats];
            }
        }
    }

    /// <summary>The input of a sample that has only one.</summary>
    private unsafe Span<float> Input(int sample) => new((float*)Inputs + ((long)sample * _inputSize), _inputSize);

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
        else if (_data.IsAutoencoder && _data.Pipeline is not null)
        {
            Input(sample).CopyTo(new Span<float>(target, _targetLength));
        }
        else
        {
            ((float[])_data.Targets).AsSpan(place * _targetLength, _targetLength).CopyTo(new Span<float>(target, _targetLength));
        }
    }
}
