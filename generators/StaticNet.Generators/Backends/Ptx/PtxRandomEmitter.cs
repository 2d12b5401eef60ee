using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes uniform numbers in [0, 1) by Philox4x32-10, the same bits as the run time's <c>Philox</c> has for the processor: each thread makes
/// the four numbers of one block, which are 16 columns apart.
/// </summary>
internal sealed class PtxRandomEmitter
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;
    private const int Rounds = 10;
    private const int WordsOfBlock = 4;
    private const int BlocksOfGroup = 16;
    private const int ColumnsOfGroup = WordsOfBlock * BlocksOfGroup;

    private readonly PtxWriter _writer = new();

    public static PtxKernel Emit(Node node, MemoryPlan plan) => new PtxRandomEmitter().Kernel(node, plan);

    private PtxKernel Kernel(Node node, MemoryPlan plan)
    {
        var (columns, stream) = (node.Shape.Last.Size, ((RandomOperation)node.Operation).Stream);
        var rows = node.Shape.ConstantSize / columns;
        var rest = columns % ColumnsOfGroup;
        var blocks = (columns / ColumnsOfGroup * BlocksOfGroup) + Math.Min(rest, BlocksOfGroup);
        var operands = new PtxOperands(_writer, plan);
        var item = PtxItems.Begin(_writer, rows * blocks, hasBatch: true);
        var (row, block) = (_writer.Divide(item, blocks), _writer.Remainder(item, blocks));

        // The key of the stream is a block too, with a counter that no number has.
        var given = operands.Step(node);
        var key = Block((_writer.LoadWord(given), _writer.LoadWord(given, 4)), [uint.MaxValue, uint.MaxValue, stream, 0]);
        var words = Block((key[0], key[1]), [block, row, _writer.LoadWord(given, 8), _writer.LoadWord(given, 12)]);
        var column = _writer.MultiplyAdd(_writer.Divide(block, BlocksOfGroup), ColumnsOfGroup, _writer.Remainder(block, BlocksOfGroup));
        for (var word = 0; word < WordsOfBlock && word * BlocksOfGroup < columns; word++)
        {
            // The upper 24 bits, as a multiple of 2⁻²⁴.
            var number = _writer.Multiply(_writer.ToFloat(_writer.ShiftRight(words[word], 8)), PtxValue.Float(1.0 / (1 << 24)));
            var exists = rest == 0 || word == 0 ? (PtxValue?)null : _writer.Compare(PtxComparison.Less, column, columns - (word * BlocksOfGroup));
            foreach (var target in plan.Targets(node))
            {
                var address = _writer.Address(operands.Address(node, target), _writer.MultiplyAdd(row, target.StrideOf(node), column));
                _writer.GuardedIfAny(exists, () => _writer.StoreGlobal(address, 4 * word * BlocksOfGroup, number));
            }
        }

        return new($"random_{columns}", $"random numbers of stream {stream}", _writer, operands, PtxItems.Threads, PtxItems.Blocks(rows * blocks, hasBatch: true));
    }

    /// <summary>The four words of a counter under a key.</summary>
    private PtxValue[] Block((PtxValue Low, PtxValue High) key, PtxValue[] x)
    {
        for (var round = 0; round < Rounds; round++)
        {
            x =
            [
                _writer.Xor(_writer.Xor(_writer.MultiplyHigh(x[2], Multiplier1), x[1]), key.Low),
                _writer.Multiply(x[2], Multiplier1),
                _writer.Xor(_writer.Xor(_writer.MultiplyHigh(x[0], Multiplier0), x[3]), key.High),
                _writer.Multiply(x[0], Multiplier0),
            ];
            key = (_writer.Add(key.Low, KeyStep0), _writer.Add(key.High, KeyStep1));
        }

        return x;
    }
}
