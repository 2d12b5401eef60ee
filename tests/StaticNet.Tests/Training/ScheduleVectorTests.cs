using System.Text.Json;
using StaticNet.Conformance;

namespace StaticNet.Tests.Training;

/// <summary>Schedules against PyTorch's classes.</summary>
public class ScheduleVectorTests
{
    private static readonly VectorFile s_file = VectorFile.Open("schedules");

    public static TheoryData<string> Cases => [.. s_file.Described("schedule")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rates_agree_with_PyTorch(string name)
    {
        var settings = s_file.Settings("schedule", name);
        var initial = settings.GetProperty("lr").GetDouble();
        var schedule = Make(settings);
        var rates = s_file.Reference($"{name}/learningRates").Values;
        schedule.Reset();
        for (var epoch = 0; epoch < rates.Length; epoch++)
        {
            Assert.Equal(rates[epoch], schedule.Rate(initial, epoch), 1e-14);
            if (schedule is ReduceOnPlateau)
            {
                var metric = s_file.Given($"{name}/metrics").Values[epoch];
                schedule.Observe(new EpochResult(epoch + 1, [new("val_loss", metric), new("val_accuracy", metric)]), initial);
            }
        }
    }

    private static Schedule Make(JsonElement settings) => settings.GetProperty("kind").GetString() switch
    {
        "StepLR" => new StepDecay(Integer(settings, "step_size"), Number(settings, "gamma")),
        "ExponentialLR" => new ExponentialDecay(Number(settings, "gamma")),
        "CosineAnnealingLR" => new CosineAnnealing(Integer(settings, "T_max"), Number(settings, "eta_min")),
        "LinearLR" => new LinearWarmup(Integer(settings, "total_iters"), Number(settings, "start_factor")),
        "LinearLR then CosineAnnealingLR" => new LinearWarmup(Integer(settings, "total_iters"), Number(settings, "start_factor"))
        {
            Then = new CosineAnnealing(Integer(settings, "T_max")),
        },
        "ReduceLROnPlateau" => new ReduceOnPlateau(Number(settings, "factor"), Integer(settings, "patience"))
        {
            Threshold = Number(settings, "threshold"),
            Cooldown = Integer(settings, "cooldown"),
            Minimum = Number(settings, "min_lr"),
            Monitor = settings.GetProperty("mode").GetString() == "max" ? "val_accuracy" : "val_loss",
        },
        var kind => throw new InvalidOperationException($"There is no schedule for {kind}."),
    };

    private static double Number(JsonElement settings, string name) => settings.GetProperty(name).GetDouble();

    private static int Integer(JsonElement settings, string name) => settings.GetProperty(name).GetInt32();
}
