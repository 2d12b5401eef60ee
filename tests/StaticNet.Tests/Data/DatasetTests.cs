namespace StaticNet.Tests.Data;

public class DatasetTests
{
    private static readonly float[] s_inputs = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
    private static readonly int[] s_labels = [.. Enumerable.Range(0, 10).Select(i => i % 4)];

    [Fact]
    public void Views_share_the_samples()
    {
        var data = new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels);
        var (first, last) = data.Split(0.35);
        var shuffled = last.Shuffle(1).Take(2);

        Assert.Equal((10, 7, 3, 2), (data.Count, first.Count, last.Count, shuffled.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Places(first));
        Assert.Equal([7, 8, 9], Places(last));
        Assert.All(Places(shuffled), place => Assert.InRange(place, 7, 9));
        Assert.Same(data.Inputs, shuffled.Inputs);
    }

    [Fact]
    public void Samples_can_be_seen_in_the_order_of_a_view()
    {
        var data = new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels);
        Assert.Equal([6f, 7f, 8f], data.Input(2).Values);
        Assert.Equal([21f, 22f, 23f], data.Shuffle(1).Input(0).Values);
        Assert.Equal((1, 3), (data.Label(5), data.Shuffle(1).Label(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Label(10));
        Assert.Equal(1, data.Input(9).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(5).Input(5).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Input(-1).Count);
    }

    [Fact]
    public void Shuffling_depends_on_the_seed_alone()
    {
        var data = new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels);

        Assert.Equal(Places(data.Shuffle(5)), Places(data.Shuffle(5)));
        Assert.NotEqual(Places(data.Shuffle(5)), Places(data.Shuffle(6)));
        Assert.Equal(Enumerable.Range(0, 10), Places(data.Shuffle(5)).Order());

        // The order that every machine gives.
        Assert.Equal([7, 6, 2, 5, 1, 3, 9, 0, 4, 8], Places(data.Shuffle(1)));
    }

    [Fact]
    public void Every_order_is_as_likely()
    {
        var counts = new int[3, 3];
        for (var sequence = 0; sequence < 6000; sequence++)
        {
            int[] items = [0, 1, 2];
            Shuffling.Shuffle(items, 1, sequence);
            for (var i = 0; i < 3; i++)
            {
                counts[i, items[i]]++;
            }
        }

        foreach (var count in counts)
        {
            Assert.InRange(count, 1850, 2150);
        }
    }

    [Fact]
    public void Lengths_are_checked_with_the_arithmetic()
    {
        Assert.Contains("31 = 10 × 3 + 1", Assert.Throws<ArgumentException>(
            () => new Dataset<Shape<N3>, ClassIndex<N4>>(new float[31], s_labels)).Message, StringComparison.Ordinal);
        Assert.Contains("10 inputs but 9 targets", Assert.Throws<ArgumentException>(
            () => new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels[..9])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Dataset<Shape<N3>, Shape<N2>>(s_inputs, new float[19]));
        Assert.Throws<ArgumentException>(() => new Dataset<Shape<N3>, Shape<N2>>(s_inputs, new float[18]));
        Assert.Throws<ArgumentNullException>(() => new Dataset<Shape<N3>, Shape<N2>>(null!, new float[18]));
        Assert.Equal(0, new Dataset<Shape<N3>, Shape<N2>>([], Array.Empty<float>()).Count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public void Label_out_of_range_is_named(int label)
    {
        int[] labels = [.. s_labels];
        labels[6] = label;
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, labels));
        Assert.Contains($"sample 6 is {label}, but classes are 0 to 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Value_that_is_not_finite_is_named(float value)
    {
        for (var i = 0; i < s_inputs.Length; i++)
        {
            float[] inputs = [.. s_inputs];
            inputs[i] = value;
            var error = Assert.Throws<ArgumentException>(() => new Dataset<Shape<N3>, ClassIndex<N4>>(inputs, s_labels));
            Assert.Contains(FormattableString.Invariant($"sample {i / 3} has {value} at position {i % 3}"), error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => new Dataset<Shape<N3>, Shape<N1>>(s_inputs, [1, 2, 3, 4, 5, 6, 7, 8, 9, value]));
    }

    [Fact]
    public void Kind_of_target_must_fit()
    {
        Assert.Contains("int[]", Assert.Throws<ArgumentException>(
            () => new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, new float[10])).Message, StringComparison.Ordinal);
        Assert.Contains("vectors", Assert.Throws<ArgumentException>(
            () => new Dataset<Shape<N3>, Shape<N1>>(s_inputs, s_labels)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_and_splits_within_range_only()
    {
        var data = new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(11));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(double.NaN));
    }

    [Fact]
    public void Classes_become_vectors()
    {
        var data = new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels).Shuffle(3).OneHot();
        var targets = (float[])data.Targets;
        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0], targets[..8]);
        Assert.Equal(10, targets.Count(value => value == 1));
        Assert.Equal(10, data.Count);
    }

    [Fact]
    public void Inputs_become_their_own_targets()
    {
        var data = new Dataset<Shape<N3>, ClassIndex<N4>>(s_inputs, s_labels).Take(4).ToAutoencoder();
        Assert.Same(data.Inputs, data.Targets);
        Assert.Equal(4, data.Count);
        Assert.Equal(10, Dataset.Autoencoder<Shape<N3>>(s_inputs).Count);
    }

    [Fact]
    public void Parts_of_a_sample_are_brought_together()
    {
        var data = Dataset.FromParts<Inputs<Shape<N2>, Shape<N1>>, ClassIndex<N4>>([[1, 2, 3, 4], [5, 6]], [0, 3]);
        Assert.Equal([1, 2, 5, 3, 4, 6], data.Inputs);
        Assert.Contains("2 samples but input 2 has 3", Assert.Throws<ArgumentException>(
            () => Dataset.FromParts<Inputs<Shape<N2>, Shape<N1>>, ClassIndex<N4>>([[1, 2, 3, 4], [5, 6, 7]], [0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dataset.FromParts<Inputs<Shape<N2>, Shape<N1>>, Shape<N1>>([[1, 2]], [1f]));
    }

    internal static int[] Places(Dataset data)
    {
        var places = new int[data.Count];
        data.CopyPlaces(0, places);
        return places;
    }
}
