using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class PhiloxTests
{
    // The known answers of the Random123 distribution, philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Known_answers(ulong key, ulong counterHigh, ulong counterLow, uint word0, uint word1, uint word2, uint word3) =>
        Assert.Equal((word0, word1, word2, word3), Philox.Block(key, counterHigh, counterLow));

    [Fact]
    public void Uniform_is_the_top_24_bits_below_one()
    {
        Assert.Equal(0x6627e8 / 16777216f, Philox.Uniform(0, 0, 0));

        double sum = 0, squares = 0;
        const int count = 100_000;
        for (var i = 0; i < count; i++)
        {
            var u = Philox.Uniform(7, 0, (ulong)i);
            Assert.InRange(u, 0f, 1f - (1f / (1 << 24)));
            sum += u;
            squares += (double)u * u;
        }
        Assert.Equal(0.5, sum / count, 0.005);
        Assert.Equal(1 / 3.0, squares / count, 0.005);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 16)]
    [InlineData(2, 64)]
    [InlineData(5, 63)]
    [InlineData(4, 200)]
    public void Matrix_holds_the_number_of_each_place_and_nothing_past_its_columns(int rows, int columns)
    {
        var stride = columns + 3;
        var matrix = Filled(rows, columns, stride, firstRow: 11);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < stride; column++)
            {
                var expected = column < columns ? Philox.Uniform(Key, Step, Stream, 11 + row, column) : -1f;
                Assert.Equal(expected, matrix[(row * stride) + column]);
            }
        }
    }

    [Fact]
    public void Rows_may_be_shared_out_at_will()
    {
        var whole = Filled(10, 100, 100, firstRow: 0);
        var pieces = Filled(3, 100, 100, firstRow: 0).Concat(Filled(1, 100, 100, firstRow: 3)).Concat(Filled(6, 100, 100, firstRow: 4));
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Every_coordinate_changes_the_number()
    {
        float[] numbers =
        [
            Philox.Uniform(1, 2, 3, 4, 5),
            Philox.Uniform(9, 2, 3, 4, 5),
            Philox.Uniform(1, 9, 3, 4, 5),
            Philox.Uniform(1, 2, 9, 4, 5),
            Philox.Uniform(1, 2, 3, 9, 5),
            Philox.Uniform(1, 2, 3, 4, 9),
            Philox.Uniform(1, 2 + (1ul << 32), 3, 4, 5),
            Philox.Uniform(1 + (1ul << 32), 2, 3, 4, 5),
        ];
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    private const ulong Key = 0x1234_5678_9abc_def0;
    private const ulong Step = 0x0fed_cba9_8765_4321;
    private const uint Stream = 42;

    private static float[] Filled(int rows, int columns, int stride, int firstRow)
    {
        using var memory = new AlignedMemory(rows * (long)stride);
        memory.Span.Fill(-1f);
        Philox.FillUniform(memory.Address, rows, columns, stride, Key, Step, Stream, firstRow);
        return memory.Span.ToArray();
    }
}
