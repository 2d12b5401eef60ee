namespace StaticNet.Tests.Training;

/// <summary>Numbers from torch.optim.lr_scheduler, and from its formulas.</summary>
public class ScheduleTests
{
    [Fact]
    public void StepDecay_is_StepLR() => Check(
        new StepDecay(3, 0.5), 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025);

    [Fact]
    public void ExponentialDecay_is_ExponentialLR() => Check(
        new ExponentialDecay(0.9), 0.1, 0.09, 0.081, 0.0729, 0.06561);

    [Fact]
    public void CosineAnnealing_is_CosineAnnealingLR_and_rises_again()
    {
        var (early, late) = (0.02 + (0.04 * (1 + Math.Sqrt(0.5))), 0.02 + (0.04 * (1 - Math.Sqrt(0.5))));
        Check(new CosineAnnealing(4, 0.02), 0.1, early, 0.06, late, 0.02, late, 0.06);
    }

    [Fact]
    public void LinearWarmup_is_LinearLR() => Check(
        new LinearWarmup(4, 0.2), 0.02, 0.04, 0.06, 0.08, 0.1, 0.1);

    [Fact]
    public void Schedule_after_the_warm_up_begins_at_its_start() => Check(
        new LinearWarmup(2, 0.5) { Then = new StepDecay(2, 0.1) }, 0.05, 0.075, 0.1, 0.1, 0.01, 0.01, 0.001);

    /// <summary>The rates of ReduceLROnPlateau(factor=0.5, patience=1) on the same losses.</summary>
    [Fact]
    public void ReduceOnPlateau_is_ReduceLROnPlateau()
    {
        var schedule = new ReduceOnPlateau(0.5, patience: 1);
        Check(schedule, "val_loss", [1, 0.9, 0.9, 0.89999, 0.95, 0.8, 0.8, 0.8], [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025]);
    }

    [Fact]
    public void ReduceOnPlateau_cools_down_and_has_a_floor()
    {
        var schedule = new ReduceOnPlateau(0.1, patience: 0) { Cooldown = 1, Minimum = 0.0005 };
        Check(schedule, "val_loss", [1, 1, 1, 1, 1, 1, 1], [0.1, 0.01, 0.01, 0.001, 0.001, 0.0005, 0.0005]);
    }

    [Fact]
    public void ReduceOnPlateau_lets_accuracy_grow()
    {
        var schedule = new ReduceOnPlateau(0.5, patience: 0) { Monitor = "accuracy" };
        Check(schedule, "accuracy", [0.5, 0.6, 0.6, 0.7], [0.1, 0.1, 0.05, 0.05]);
        schedule.Reset();
        Assert.Equal(0.1, schedule.Rate(0.1, 0));
        Assert.Throws<KeyNotFoundException>(() => schedule.Observe(new EpochResult(1, [new("loss", 1)]), 0.1));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineAnnealing(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineAnnealing(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearWarmup(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(patience: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau { Cooldown = -1 });
    }

    private static void Check(Schedule schedule, params double[] rates)
    {
        for (var time = 0; time < rates.Length; time++)
        {
            Assert.Equal(rates[time], schedule.Rate(0.1, time), 1e-15);
        }
    }

    private static void Check(Schedule schedule, string metric, double[] values, double[] rates)
    {
        schedule.Reset();
        for (var epoch = 0; epoch < values.Length; epoch++)
        {
            schedule.Observe(new EpochResult(epoch + 1, [new("loss", 7), new(metric, values[epoch])]), 0.1);
            Assert.Equal(rates[epoch], schedule.Rate(0.1, epoch + 1), 1e-15);
        }
    }
}
