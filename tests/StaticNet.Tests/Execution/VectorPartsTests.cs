using System.Runtime.Intrinsics;
using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class VectorPartsTests
{
    public static TheoryData<int> Counts => [.. Enumerable.Range(1, 15)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void First_lanes_are_read_written_and_kept_and_no_others(int count)
    {
        float[] numbers = [.. Enumerable.Range(1, count).Select(i => (float)i)];
        float[] target = [.. Enumerable.Repeat(-1f, count + 1)];

        var vector = VectorParts.LoadFirst512(ref numbers[0], count);
        VectorParts.StoreFirst(vector, count, ref target[0]);

        Assert.Equal([.. numbers, -1f], target);
        Assert.Equal(0f, vector[count]);
        Assert.Equal(vector, VectorParts.KeepFirst(Vector512.CreateSequence(1f, 1f), count));
        Assert.Equal(7f, VectorParts.KeepFirst(vector, count, Vector512.Create(7f))[15]);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Lanes_hold_samples_and_write_no_more_than_there_are(int count)
    {
        // Samples of three numbers; the second of each is gathered.
        float[] samples = [.. Enumerable.Range(0, 3 * count).Select(i => (float)i)];
        float[] target = [.. Enumerable.Repeat(-1f, 2 * count)];

        var gathered = Lanes.Gather512(ref samples[1], 3, (nuint)count);
        var masked = Lanes.GatherOrZero512(ref samples[1], 3, (nuint)count);
        Lanes.Scatter(gathered, ref target[0], 2, (nuint)count);

        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(i < count ? (3 * i) + 1 : 0, masked[i]);
        }

        Assert.Equal(Enumerable.Range(0, 2 * count).Select(i => i % 2 == 0 ? (3 * (i / 2)) + 1f : -1f), target);
    }
}
