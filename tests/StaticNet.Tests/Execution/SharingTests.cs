using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public class SharingTests
{
    [Theory]
    [InlineData(200_000)]
    [InlineData(3_200_000)]
    public void The_limit_with_which_runs_were_fastest_is_kept(long fastest)
    {
        var sharing = new Sharing();
        var limits = Limits(sharing, runs: 256, limit => limit == fastest ? 80 : 100);

        Assert.All(limits.Skip(8), limit => Assert.Equal(fastest, limit));
        Assert.Equal(4, limits.Distinct().Count());
    }

    [Fact]
    public void Another_is_found_when_handing_over_becomes_dearer()
    {
        var sharing = new Sharing();
        Limits(sharing, 256, limit => limit == 200_000 ? 80 : 100);
        var limits = Limits(sharing, 256, limit => limit == 200_000 ? 120 : 100);

        Assert.All(limits.Skip(8), limit => Assert.NotEqual(200_000, limit));
    }

    [Fact]
    public void The_first_run_with_a_limit_may_be_slow()
    {
        var sharing = new Sharing();
        var run = 0;
        var limits = Limits(sharing, 100, limit => run++ % 2 == 0 && run < 8 ? 10_000 : limit == 800_000 ? 90 : 100);

        Assert.All(limits.Skip(8), limit => Assert.Equal(800_000, limit));
    }

    [Fact]
    public void Another_batch_size_is_learned_anew()
    {
        var sharing = new Sharing();
        Limits(sharing, 100, limit => limit == 200_000 ? 80 : 100);
        sharing.Begin(batch: 2);
        Assert.Equal(200_000, sharing.Limit);
        sharing.Took(1);
        sharing.Begin(batch: 2);
        sharing.Took(1);
        sharing.Begin(batch: 2);
        Assert.Equal(800_000, sharing.Limit);
    }

    private static List<long> Limits(Sharing sharing, int runs, Func<long, long> ticks)
    {
        var limits = new List<long>();
        for (var run = 0; run < runs; run++)
        {
            sharing.Begin(batch: 1);
            limits.Add(sharing.Limit);
            sharing.Took(ticks(sharing.Limit));
        }

        return limits;
    }
}
