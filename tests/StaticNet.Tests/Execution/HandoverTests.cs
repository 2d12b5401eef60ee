using System.Diagnostics;
using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

[Collection("Alone")]
public class HandoverTests
{
    [Fact]
    public void Little_work_is_not_shared_and_much_is()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 1000), _ => Handover.Pays(100_000));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(Handover.Pays(100_000_000)));
    }

    [Fact]
    public void Work_waits_for_others_that_answer_late_but_not_for_ever()
    {
        for (var run = 0; run < 100; run++) Answer(microseconds: 5);
        Assert.InRange(Enumerable.Range(0, 100).Count(_ => Handover.Pays(300_000)), 0, 1);
        Assert.Contains(Enumerable.Range(0, 1000), _ => Handover.Pays(300_000));

        for (var run = 0; run < 100; run++) Answer(microseconds: 0);
        Assert.True(Handover.Pays(300_000));
    }

    [Fact]
    public void Threads_that_slept_tell_nothing()
    {
        for (var run = 0; run < 100; run++) Answer(microseconds: 0);
        for (var run = 0; run < 100; run++) Answer(microseconds: 50);
        Assert.True(Handover.Pays(300_000));
    }

    private static void Answer(int microseconds)
    {
        Handover.Begin();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds) Thread.SpinWait(1);
        Handover.End();
    }
}
