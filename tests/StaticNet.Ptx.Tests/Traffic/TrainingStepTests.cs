namespace StaticNet.Ptx.Tests.Traffic;

/// <summary>
/// What the kernels of a training step move, when nothing stays in a cache from one to the next, against what their schedule must move
/// (<see cref="PlannedTraffic"/>). A sector counts once for a launch that loads it, stores it or does both; what is requested more often than
/// once, which caches answer, is in the output.
/// </summary>
public class TrainingStepTests(ITestOutputHelper output)
{
    private const double Slack = 1.15;

    [Fact]
    public void Dense_network_moves_little_more_than_planned()
    {
        var step = new TrainingStep("[Input(784), Dense(500), Relu, Dense(10), SoftmaxCrossEntropy]", 256);
        var touched = 0L;
        foreach (var launch in step.Launches)
        {
            var counts = launch.Run();
            touched += counts.DistinctSectors;
            Report(launch, counts.DistinctSectors, counts.RequestedLoadSectors + counts.RequestedStoreSectors);
            Assert.InRange(counts.DistinctSectors, 0.95 * launch.OperandSectors, launch.OperandSectors);
        }

        Assert.Equal(12.70e6, step.PlannedBytes, 0.01e6);
        Compare(step, touched);
    }

    /// <summary>All blocks would take minutes. No launch touches more than its operands, and hardly less, as the other networks show.</summary>
    [Fact]
    public void Convolutional_network_moves_little_more_than_planned()
    {
        var step = new TrainingStep(
            "[Input(32, 32, 3), Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Conv2D(128, 3, Padding = Padding.Same), Relu, MaxPool2D(2), "
            + "Flatten, Dense(1024), Relu, Dropout(0.5), Dense(10), SoftmaxCrossEntropy]",
            128);
        foreach (var launch in step.Launches)
        {
            Report(launch, launch.OperandSectors, launch.Requested());
        }

        Assert.Equal(558.4e6, step.PlannedBytes, 0.1e6);
        Compare(step, step.Launches.Sum(launch => launch.OperandSectors));
    }

    [Fact]
    public void Launches_touch_their_operands_and_blocks_of_a_class_are_alike()
    {
        var step = new TrainingStep(
            "[Input(8, 8, 3), Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2), "
            + "Flatten, Dense(64), Relu, Dropout(0.5), Dense(10), SoftmaxCrossEntropy]",
            12);
        var (all, ofClasses) = (0.0, 0.0);
        foreach (var launch in step.Launches)
        {
            var counts = launch.Run();
            var requested = counts.RequestedLoadSectors + counts.RequestedStoreSectors;
            Report(launch, counts.DistinctSectors, requested);
            Assert.InRange(counts.DistinctSectors, 0.95 * launch.OperandSectors, launch.OperandSectors);
            (all, ofClasses) = (all + requested, ofClasses + launch.Requested());
        }

        Assert.InRange(ofClasses, 0.95 * all, 1.05 * all);
    }

    private void Report(LaunchTraffic launch, long touched, double requested) =>
        output.WriteLine(
            $"{launch.Kernel.Name} {launch.Grid}: {32e-6 * touched:F3} of {32e-6 * launch.OperandSectors:F3} MB touched, {32e-6 * requested:F3} requested");

    private void Compare(TrainingStep step, long sectors)
    {
        output.WriteLine($"{32e-6 * sectors:F2} MB touched, {1e-6 * step.PlannedBytes:F2} MB planned: {32.0 * sectors / step.PlannedBytes:F3}");
        Assert.InRange(32 * sectors, step.PlannedBytes, Slack * step.PlannedBytes);
    }
}
