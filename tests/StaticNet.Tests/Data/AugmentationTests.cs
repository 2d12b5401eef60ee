using StaticNet.Execution;

namespace StaticNet.Tests.Data;

public class AugmentationTests
{
    private const int Draws = 4000;

    // 2×3 pixels of two channels: the tens are the channel, the ones the pixel.
    private static readonly float[] s_pixels = [1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16];

    [Fact]
    public void Shift_moves_each_way_as_often_and_fills_the_border()
    {
        var data = Images<N3, N3, N1>([1, 2, 3, 4, 5, 6, 7, 8, 9]).Augment(images => images.RandomShift(1, fill: -1));
        var counts = Count(data);

        Assert.Equal(9, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, Draws / 9 * 0.8, Draws / 9 * 1.2));
        Assert.Contains("1 2 3 4 5 6 7 8 9", counts.Keys);
        Assert.Contains("-1 -1 -1 -1 1 2 -1 4 5", counts.Keys);
        Assert.Contains("2 3 -1 5 6 -1 8 9 -1", counts.Keys);
        Assert.Contains("5 6 -1 8 9 -1 -1 -1 -1", counts.Keys);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], data.Input(0).Values.ToArray());
    }

    [Fact]
    public void Shift_keeps_pixels_together()
    {
        var counts = Count(Images<N2, N3, N2>(s_pixels).Augment(images => images.RandomShift(1)));
        Assert.Contains("0 0 4 14 5 15 0 0 0 0 0 0", counts.Keys);
        Assert.Contains("0 0 0 0 0 0 2 12 3 13 0 0", counts.Keys);
    }

    [Fact]
    public void Flips_mirror_one_axis_as_often_as_asked_for()
    {
        var data = Images<N2, N3, N2>(s_pixels);
        var sideways = Count(data.Augment(images => images.RandomHorizontalFlip(0.25)));
        var upside = Count(data.Augment(images => images.RandomVerticalFlip()));
        var same = string.Join(' ', s_pixels);

        Assert.Equal(2, sideways.Count);
        Assert.InRange(sideways["3 13 2 12 1 11 6 16 5 15 4 14"], Draws * 0.22, Draws * 0.28);
        Assert.Equal(2, upside.Count);
        Assert.InRange(upside["4 14 5 15 6 16 1 11 2 12 3 13"], Draws * 0.46, Draws * 0.54);
        Assert.Equal([same], Count(data.Augment(images => images.RandomHorizontalFlip(0).RandomVerticalFlip(0))).Keys);
        Assert.Equal(["3 2 1"], Count(Images<N1, N3, N1>([1, 2, 3]).Augment(images => images.RandomHorizontalFlip(1))).Keys);
    }

    [Fact]
    public void Crop_is_anywhere_in_training_and_in_the_middle_otherwise()
    {
        var data = Images<N3, N4, N1>([.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        var cropped = data.Augment(images => images.RandomCrop<N1, N2>());
        var counts = Count(cropped);

        Assert.Equal(9, counts.Count);
        Assert.All(["0 1", "1 2", "2 3", "4 5", "5 6", "6 7", "8 9", "9 10", "10 11"], crop => Assert.Contains(crop, counts.Keys));
        Assert.Equal([5, 6], cropped.Input(0).Values.ToArray());
    }

    [Theory]
    [InlineData(0u, 90, "4 1 5 2 6 3")]
    [InlineData(1u << 31, 90, "1 2 3 4 5 6")]
    [InlineData(uint.MaxValue, 180, "6 5 4 3 2 1")]
    [InlineData(0u, 180, "6 5 4 3 2 1")]
    public void Rotation_turns_about_the_middle(uint word, double degrees, string expected)
    {
        // A 2×3 image in a frame of zeros, so that it can lie and stand.
        var framed = new float[25];
        foreach (var (value, i) in Enumerable.Range(1, 6).Select((value, i) => (value, i)))
        {
            framed[((1 + (i / 3)) * 5) + 1 + (i % 3)] = value;
        }

        var turned = new float[25];
        new RotateStage(new(5, 5, 1), degrees, fill: 0).Apply(framed, turned, new StageDraw(word, 0));

        Assert.Equal(expected, string.Join(' ', turned.Select(value => Math.Round(value, 4)).Where(value => value != 0)));
    }

    [Fact]
    public void Rotation_weighs_the_pixels_around_and_fills_corners()
    {
        var turned = new float[9];
        new RotateStage(new(3, 3, 1), 45, fill: 7).Apply([1, 1, 1, 1, 1, 1, 1, 1, 1], turned, new StageDraw(0, 0));

        Assert.Equal(1, turned[4], 1e-6);
        var corner = Math.Sqrt(2) - 1;
        Assert.Equal(1 + (6 * corner), turned[0], 1e-5);
        Assert.Equal(turned[0], turned[8], 1e-5);
        Assert.Equal(1, turned[1], 1e-5);
    }

    [Fact]
    public void Channels_are_brought_to_mean_zero_and_deviation_one()
    {
        var data = Images<N2, N3, N2>([.. s_pixels, .. s_pixels.Select(value => value + 1)]);
        var (means, deviations) = data.ChannelStatistics();
        Assert.Equal([4, 14], means);
        Assert.Equal(Math.Sqrt((17.5 / 6) + 0.25), deviations[0], 1e-12);

        var (after, ones) = data.Augment(images => images.Normalize(means, deviations)).ChannelStatistics();
        Assert.All(after, mean => Assert.Equal(0, mean, 1e-6));
        Assert.All(ones, deviation => Assert.Equal(1, deviation, 1e-6));
    }

    [Fact]
    public void Stages_follow_each_other()
    {
        var data = Images<N3, N3, N1>([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        var once = data.Augment(images => images.RandomHorizontalFlip(1).RandomVerticalFlip(1).RandomCrop<N1, N3>().Normalize([4], [2]));
        var twice = data.Augment(images => images.RandomHorizontalFlip(1).RandomVerticalFlip(1))
            .Augment(images => images.RandomCrop<N1, N3>().Normalize([4], [2]));

        Assert.Equal(new HashSet<string> { "2.5 2 1.5", "1 0.5 0", "-0.5 -1 -1.5" }, [.. Count(once).Keys]);
        Assert.Equal(Count(once), Count(twice));
    }

    [Fact]
    public void What_happens_is_a_function_of_seed_round_and_sample()
    {
        var data = Numbered(50).Augment(images => images.RandomShift(2).RandomHorizontalFlip().RandomRotation(20));
        var shuffled = data.Shuffle(1);
        var place = DatasetTests.Places(shuffled)[7];

        Assert.Equal(data.Augmented(place, 3, 4).Values.ToArray(), shuffled.Augmented(7, 3, 4).Values.ToArray());
        Assert.NotEqual(data.Augmented(0, 3, 4).Values.ToArray(), data.Augmented(0, 3, 5).Values.ToArray());
        Assert.NotEqual(data.Augmented(0, 3, 4).Values.ToArray(), data.Augmented(0, 4, 4).Values.ToArray());

        // What every machine gives.
        var shifted = Images<N1, N9, N1>([1, 2, 3, 4, 5, 6, 7, 8, 9]).Augment(images => images.RandomShift(0).RandomHorizontalFlip());
        Assert.Equal("1 9 9 9 1 1 1 9 1 9 9 1", string.Join(' ', Enumerable.Range(0, 12).Select(round => shifted.Augmented(0, 1, round).Values[0])));
    }

    [Fact]
    public void Own_targets_go_through_the_stages_too()
    {
        var data = Numbered(4).ToAutoencoder().Augment(images => images.RandomHorizontalFlip(1));
        Assert.True(data.IsAutoencoder);
        Assert.True(data.Take(2).IsAutoencoder);
        Assert.Contains("own targets of 4×4×1", Assert.Throws<ArgumentException>(
            () => data.Augment(images => images.RandomCrop<N3, N3>())).Message, StringComparison.Ordinal);
        Assert.True(Numbered(4).Augment(images => images.RandomCrop<N3, N3>()).ToAutoencoder().IsAutoencoder);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var data = Numbered(1);
        Refuses<ArgumentOutOfRangeException>(images => images.RandomShift(-1));
        Refuses<ArgumentOutOfRangeException>(images => images.RandomShift(4));
        Refuses<ArgumentOutOfRangeException>(images => images.RandomShift(1, double.NaN));
        Refuses<ArgumentOutOfRangeException>(images => images.RandomHorizontalFlip(1.1));
        Refuses<ArgumentOutOfRangeException>(images => images.RandomVerticalFlip(double.NaN));
        Refuses<ArgumentOutOfRangeException>(images => images.RandomRotation(-1));
        Refuses<ArgumentOutOfRangeException>(images => images.RandomRotation(181));
        Refuses<ArgumentException>(images => images.Normalize([1, 2], [1, 2]));
        Refuses<ArgumentOutOfRangeException>(images => images.Normalize([1], [0]));
        Refuses<ArgumentOutOfRangeException>(images => images.Normalize([1e39], [1]));
        Assert.Contains("5×4×1 cannot be cropped out of 4×4×1", Assert.Throws<InvalidOperationException>(
            () => data.Augment(images => images.RandomCrop<N5, N4>())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => data.Take(0).ChannelStatistics());
        Assert.Throws<ArgumentException>(() => FeatureScaling.MinMax(data.Augment(images => images.RandomShift(1))));
        Assert.Throws<ArgumentException>(() => FeatureScaling.MinMax(data).Apply(data.Augment(images => images.RandomShift(1))));

        void Refuses<TError>(Func<Augmentation<N4, N4, N1>, Augmentation<N4, N4, N1>> stages)
            where TError : Exception => Assert.Throws<TError>(() => data.Augment(stages));
    }

    internal static Dataset<Shape<N4, N4, N1>, ClassIndex<N4>> Numbered(int samples) => new(
        [.. Enumerable.Range(0, 16 * samples).Select(i => Philox.Uniform(5, 0, (ulong)i))],
        [.. Enumerable.Range(0, samples).Select(i => i % 4)]);

    private static Dataset<Shape<TH, TW, TC>, ClassIndex<N1>> Images<TH, TW, TC>(float[] values)
        where TH : IDimension
        where TW : IDimension
        where TC : IDimension => new(values, new int[values.Length / Shape<TH, TW, TC>.Size]);

    /// <summary>What becomes of the first sample in many rounds.</summary>
    private static Dictionary<string, int> Count<TInput, TTarget>(Dataset<TInput, TTarget> data)
        where TInput : IShape
        where TTarget : ITarget
    {
        var counts = new Dictionary<string, int>();
        for (var round = 0; round < Draws; round++)
        {
            var key = string.Join(' ', data.Augmented(0, seed: 1, round).Values.ToArray());
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }
}
