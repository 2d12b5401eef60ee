using StaticNet.Conformance.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;

namespace StaticNet.Cuda.Tests.Conformance;

/// <summary>Generated networks in the hands of users, on the virtual GPU and on the processor: the same seed goes the same way.</summary>
public sealed class UseTests
{
    private const double Loss = 1e-4;

    [Fact]
    public void Dropout_class_weights_and_accumulated_steps_train_as_on_the_processor()
    {
        using var gpu = new VirtualGpu();
        using var cpu = new Dropouts(seed: 3);
        using var cuda = new Dropouts(seed: 3, gpu.Device);
        var data = new Dataset<Shape<N20>, ClassIndex<N4>>(Numbers(40 * 20), Labels(40, 4));

        CompareLosses(Fit(cpu), Fit(cuda));
        Assert.Equal(cpu.Evaluate(data).Loss, cuda.Evaluate(data).Loss, Loss);

        History Fit(Dropouts network) => network.Fit(
            data, new Adam(0.01) { ClipNorm = 1 }, new() { Epochs = 3, BatchSize = 6, AccumulateSteps = 2, ClassWeights = [1, 2, 0.5, 1], ValidationSplit = 0.2 });
    }

    [Fact]
    public void Running_statistics_and_residuals_train_as_on_the_processor_and_are_saved()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        using var gpu = new VirtualGpu();
        using var cpu = new ResidualClassifier(seed: 3);
        using var cuda = new ResidualClassifier(seed: 3, gpu.Device);
        using var loaded = new ResidualClassifier(seed: 4, gpu.Device);
        var data = new Dataset<Shape<N8, N8, N3>, ClassIndex<N5>>(Numbers(12 * 192), Labels(12, 5));
        var (expected, predicted, again) = (new float[12 * 5], new float[12 * 5], new float[12 * 5]);
        var images = Numbers(12 * 192);
        try
        {
            CompareLosses(
                cpu.Fit(data, new Sgd(0.02, momentum: 0.9), new() { Epochs = 2, BatchSize = 4 }), cuda.Fit(data, new Sgd(0.02, momentum: 0.9), new() { Epochs = 2, BatchSize = 4 }));
            cuda.Save(path);
            loaded.Load(path);
        }
        finally
        {
            File.Delete(path);
        }

        cpu.Predict(images, expected);
        cuda.Predict(images, predicted);
        loaded.Predict(images, again);
        Close(expected, predicted, 1e-3);
        Assert.Equal(predicted, again);
    }

    [Fact]
    public void Training_goes_on_where_the_network_is_moved_to()
    {
        using var gpu = new VirtualGpu();
        using var cpu = new Dropouts(seed: 3);
        using var moved = new Dropouts(seed: 3);
        var (first, second) = (new Adam(0.01), new Adam(0.01));
        for (var step = 0; step < 6; step++)
        {
            moved.To(step % 4 < 2 ? gpu.Device : Device.Cpu);
            var (input, labels) = (Numbers(5 * 20, step), Labels(5, 4));
            CompareLoss(cpu.TrainStep(input, labels, first), moved.TrainStep(input, labels, second));
        }
    }

    [Fact]
    public void Losses_of_ones_own_go_through_several_inputs()
    {
        using var gpu = new VirtualGpu();
        using var cpu = new ConcatGraph(seed: 3);
        using var cuda = new ConcatGraph(seed: 3, gpu.Device);
        cuda.Reserve(4);
        var (user, item) = (Numbers(4 * 8), Numbers(4 * 16, seed: 2));
        var (first, second) = (new Sgd(0.1, momentum: 0.9), new Sgd(0.1, momentum: 0.9));
        for (var step = 0; step < 4; step++)
            Close(Step(cpu, first), Step(cuda, second), Loss);

        float[] Step(ConcatGraph network, Sgd optimizer)
        {
            var (output, ofUser, ofItem) = (new float[4 * 5], new float[4 * 8], new float[4 * 16]);
            network.Record(user, item, output);
            network.Backward(user, item, Array.ConvertAll(output, y => y - 1), ofUser, ofItem);
            network.Step(optimizer);
            return [.. output, .. ofUser, .. ofItem];
        }
    }

    private static float[] Numbers(int count, int seed = 1) =>
        [.. Enumerable.Range(0, count).Select(i => (2 * Philox.Uniform((ulong)seed, 1, (ulong)i)) - 1)];

    private static int[] Labels(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => (i * 7 % 5) % classes)];

    private static void CompareLosses(History expected, History actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var epoch = 0; epoch < expected.Count; epoch++)
            CompareLoss(expected[epoch]["loss"], actual[epoch]["loss"]);
    }

    private static void CompareLoss(double expected, double actual) => Assert.InRange(actual, expected * (1 - Loss), expected * (1 + Loss));

    private static void Close(float[] expected, float[] actual, double tolerance)
    {
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - (tolerance * largest), pair.First + (tolerance * largest)));
    }
}
