namespace StaticNet.Execution;

/// <summary>
/// One time that training goes through augmented data. What happens to a sample is a function of the round and of where the sample is
/// stored, so neither the order of samples, nor batches, nor threads, nor an interruption change it.
/// </summary>
/// <param name="Key">Made of the seed.</param>
/// <param name="Number">Tells rounds of one seed apart.</param>
internal readonly record struct AugmentationRound(ulong Key, ulong Number)
{
    /// <summary>Sets this stream of random numbers apart from those of initialisation, dropout and orders.</summary>
    private const uint Stream = 0x6175676D;

    /// <summary>A round of a seed.</summary>
    public static AugmentationRound Of(int seed, long number) =>
        new(Philox.StreamKey(unchecked((ulong)seed), Stream), unchecked((ulong)number));

    /// <summary>What a stage draws for a sample.</summary>
    public StageDraw Draw(int place, int stage)
    {
        var (word0, word1, _, _) = Philox.Block(Key, Number, (uint)place | ((ulong)(uint)stage << 32));
        return new StageDraw(word0, word1);
    }
}
