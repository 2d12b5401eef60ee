using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class AlignedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1_000_003)]
    public void Block_is_aligned_zeroed_and_of_the_asked_length(long length)
    {
        using var memory = new AlignedMemory(length);

        Assert.Equal(length, memory.Length);
        Assert.Equal(length, memory.Span.Length);
        Assert.NotEqual(0, memory.Address);
        Assert.Equal(0, memory.Address % AlignedMemory.Alignment);
        Assert.Equal(-1, memory.Span.IndexOfAnyExcept(0f));
    }

    [Fact]
    public void Address_and_span_see_the_same_floats()
    {
        using var memory = new AlignedMemory(3);

        Address.ToRef(memory.Address + (2 * sizeof(float))) = 1f;
        Assert.Equal([0f, 0f, 1f], memory.Span);

        Address.ToIntRef(memory.Address) = BitConverter.SingleToInt32Bits(-2f);
        Assert.Equal(-2f, memory.Span[0]);
    }

    [Fact]
    public void Disposed_block_hands_out_nothing()
    {
        var memory = new AlignedMemory(8);
        memory.Dispose();
        memory.Dispose();

        Assert.Throws<ObjectDisposedException>(() => memory.Address);
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Impossible_length_is_refused(long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedMemory(length));
}
