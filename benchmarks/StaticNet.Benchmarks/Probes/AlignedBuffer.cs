using System.Runtime.InteropServices;

namespace StaticNet.Benchmarks.Probes;

/// <summary>Native memory aligned to a cache line, so that no side of a comparison is lucky with where its tensors lie.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private float* _address;

    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;
        _address = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        Span.Clear();
    }

    public int Length { get; }

    public nint Address => (nint)_address;

    public Span<float> Span => new(_address, Length);

    public void FillUniform(Random random, float low, float high) => FillUniform(random, low, high, Length);

    public void FillUniform(Random random, float low, float high, int count)
    {
        foreach (ref var value in Span[..count])
        {
            value = low + ((high - low) * random.NextSingle());
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
    }
}
