using StaticNet.Execution;

namespace StaticNet;

/// <summary>Random orders that are the same on every machine.</summary>
internal static class Shuffling
{
    /// <summary>Sets this stream of random numbers apart from those of initialisation and dropout.</summary>
    private const uint Stream = 0x73687566;

    /// <summary>Brings items into an order that depends on a seed and a sequence number alone (Fisher and Yates).</summary>
    public static void Shuffle(Span<int> items, int seed, long sequence)
    {
        var key = Philox.StreamKey(unchecked((ulong)seed), Stream);
        for (var i = items.Length - 1; i > 0; i--)
        {
            var random = Philox.Block(key, (ulong)sequence, (ulong)i).Word0;
            var j = (int)(((ulong)random * (ulong)(i + 1)) >> 32);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
