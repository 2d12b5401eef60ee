using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>
/// Philox4x32-10, the counter-based random number generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3" (SC 2011). There is no state: a number is a function of key and counter, so any part of a sequence can be made
/// by anyone, in any order, twice (the backward pass draws the masks of the forward pass again).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;
    private const int Rounds = 10;
    private const float Unit = 1f / (1 << 24);

    // Column c takes word c / 16 % 4 of block c / 64 · 16 + c % 16: vectors of 16 blocks are then 4 runs of 16 columns.
    private const int BlocksPerGroup = 16;
    private const int ColumnsPerGroup = 4 * BlocksPerGroup;

    /// <summary>The four 32-bit words that Philox4x32-10 makes of a 128-bit counter under a 64-bit key.</summary>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(ulong key, ulong counterHigh, ulong counterLow)
    {
        var (x0, x1) = ((uint)counterLow, (uint)(counterLow >> 32));
        var (x2, x3) = ((uint)counterHigh, (uint)(counterHigh >> 32));
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ key1, (uint)product0);
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }
        return (x0, x1, x2, x3);
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻²⁴: the top 24 bits of the first word of the block.</summary>
    public static float Uniform(ulong key, ulong counterHigh, ulong counterLow) =>
        ToUnit(Block(key, counterHigh, counterLow).Word0);

    /// <summary>
    /// The number in [0, 1) at one place of a random matrix; <see cref="FillUniform"/> fills whole matrices with these.
    /// </summary>
    /// <param name="key">The seed.</param>
    /// <param name="step">Counts the uses of the matrix, as the training steps.</param>
    /// <param name="stream">Tells matrices of one seed apart, as the layers of a network.</param>
    /// <param name="row">Row, as the sample in the batch; at least 0.</param>
    /// <param name="column">Column, as the unit in the layer; at least 0.</param>
    public static float Uniform(ulong key, ulong step, uint stream, int row, int column)
    {
        var block = (column / ColumnsPerGroup * BlocksPerGroup) + (column % BlocksPerGroup);
        var words = Block(StreamKey(key, stream), step, Counter(block, row));
        return ToUnit((column / BlocksPerGroup % 4) switch
        {
            0 => words.Word0,
            1 => words.Word1,
            2 => words.Word2,
            _ => words.Word3,
        });
    }

    /// <summary>
    /// A key for one stream of a seed: two words of a block whose counter no matrix can have, as its row would be negative.
    /// </summary>
    public static ulong StreamKey(ulong key, uint stream)
    {
        var (low, high, _, _) = Block(key, stream, ulong.MaxValue);
        return low | ((ulong)high << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Counter(int block, int row) => (uint)block | ((ulong)(uint)row << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ToUnit(uint word) => (word >> 8) * Unit;
}
