namespace StaticNet.Tests.Tensors;

public class BatchTests
{
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Batch_sees_the_callers_memory_as_samples()
    {
        var values = (float[])Six.Clone();
        Batch<Shape<N2>> batch = values;
        ReadOnlyBatch<Shape<N2>> readOnly = batch;

        Assert.Equal(3, batch.Count);
        Assert.Equal(3, readOnly.Count);
        Assert.Equal([3, 4], batch[1]);
        Assert.Equal([5, 6], readOnly[2]);

        batch[0][1] = 20;
        Assert.Equal(20, values[1]);
        Assert.Equal(20, readOnly.Values[1]);
    }

    [Fact]
    public void Empty_batch_has_no_samples()
    {
        Assert.Equal(0, new ReadOnlyBatch<Shape<N2>>([]).Count);
        Assert.Equal(0, default(Batch<Shape<N2>>).Count);
        Assert.Equal(0, new Batch<Shape<N0>>([]).Count);
    }

    [Fact]
    public void Length_that_is_no_whole_number_of_samples_says_what_to_pass()
    {
        var error = Assert.Throws<ArgumentException>(() => new ReadOnlyBatch<Shape<N28, N28, N1>>(new float[1000]).Count);
        Assert.Equal(
            "1000 values are no whole number of samples of 28×28×1: a sample has 784 values, and 1000 = 1 × 784 + 216. "
            + "Pass 784 or 1568 values, for instance a slice of the span. (Parameter 'values')",
            error.Message);

        error = Assert.Throws<ArgumentException>(() => new Batch<Shape<N4>>(new float[3]).Count);
        Assert.Equal(
            "3 values are no whole number of samples of 4: a sample has 4 values, and 3 = 0 × 4 + 3. "
            + "Pass 4 values, for instance a slice of the span. (Parameter 'values')",
            error.Message);

        error = Assert.Throws<ArgumentException>(() => new Batch<Shape<N0>>(new float[3]).Count);
        Assert.StartsWith("A sample of 0 has no values, but 3 were given.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_array_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => ((ReadOnlyBatch<Shape<N2>>)(float[])null!).Count);
        Assert.Throws<ArgumentNullException>(() => ((Batch<Shape<N2>>)(float[])null!).Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Sample_outside_is_refused(int sample)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOnlyBatch<Shape<N2>>(Six)[sample].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch<Shape<N2>>(Six)[sample].Length);
    }

    [Fact]
    public void Slice_is_some_of_the_samples()
    {
        Batch<Shape<N2>> batch = (float[])Six.Clone();
        Assert.Equal([3, 4, 5, 6], batch[1..].Values);
        Assert.Equal([5, 6], batch[^1]);
        Assert.Equal(0, batch.Slice(3, 0).Count);

        ReadOnlyBatch<Shape<N2>> readOnly = batch;
        Assert.Equal([1, 2, 3, 4], readOnly[..2].Values);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(1, -1)]
    [InlineData(1, int.MaxValue)]
    public void Slice_outside_is_refused(int start, int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOnlyBatch<Shape<N2>>(Six).Slice(start, count).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batch<Shape<N2>>(Six).Slice(start, count).Count);
    }

    [Fact]
    public void Shape_of_equal_size_may_be_taken_for_another()
    {
        ReadOnlyBatch<Shape<N2, N3>> matrices = Six;
        Assert.Equal(1, matrices.As<Shape<N6>>().Count);
        Assert.Equal(Six, new Batch<Shape<N6>>(Six).As<Shape<N3, N2>>()[0]);

        var error = Assert.Throws<InvalidOperationException>(() => new ReadOnlyBatch<Shape<N2, N3>>(Six).As<Shape<N3>>().Count);
        Assert.Equal(
            "A sample of 2×3 has 6 values and one of 3 has 3: only shapes of equal size can be taken for each other.", error.Message);
        Assert.Throws<InvalidOperationException>(() => new Batch<Shape<N3>>(Six).As<Shape<N2, N3>>().Count);
    }

    [Fact]
    public void Batch_is_enumerated_value_by_value()
    {
        var sum = 0f;
        foreach (var value in new ReadOnlyBatch<Shape<N2>>(Six)) sum += value;
        foreach (ref var value in new Batch<Shape<N3>>(Six)) sum += value;
        Assert.Equal(42, sum);
    }
}
