using System.Globalization;
using FashionMnistSample;
using StaticNet;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--help" or "-h"])
{
    Console.WriteLine(Options.Usage);
    return 0;
}

try
{
    Run(Options.Parse(args));
    return 0;
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Options.Usage}");
    return 2;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Run(Options options)
{
    // Before training, not after it.
    if (!Directory.Exists(options.Output))
    {
        throw new DirectoryNotFoundException($"There is no folder {options.Output} to write to.");
    }

    var (all, test) = FashionMnist.Load(options.Data);

    // Clothes hang a bit to the side and face both ways. The validation part is changed by nothing: evaluation leaves nothing to chance.
    var (train, validation) = all.Augment(images => images.RandomShift(2).RandomHorizontalFlip()).Split(1.0 / 12);
    Console.WriteLine($"{train.Count} images to learn from, {validation.Count} to stop by, {test.Count} to test with\n\n{ResNet.Summary}\n");

    using var network = new ResNet(options.Seed);
    network.Threads = options.Threads ?? network.Threads;
    var history = Train(network, train, validation, options);
    var evaluation = network.Evaluate(test);
    var mistakes = new Mistakes(network, test);
    Console.WriteLine($"\n{evaluation.ConfusionMatrix}\n\n{string.Join('\n', mistakes.MostFrequent(5))}\n");

    var parameters = Path.Combine(options.Output, "resnet.safetensors");
    network.Save(parameters);
    history.SaveHtml(Path.Combine(options.Output, "history.html"), "ResNet on Fashion-MNIST");
    mistakes.Save(Path.Combine(options.Output, "mistakes.png"));
    ImageGrid.Filters(network.Conv1.Weight).Save(Path.Combine(options.Output, "filters.png"));
    Activations(parameters, test.Take(Math.Min(8, test.Count))).Save(Path.Combine(options.Output, "activations.png"));

    Console.WriteLine($"training: {history.Seconds:F1} s on {network.Threads} thread{(network.Threads == 1 ? "" : "s")}");
    Console.WriteLine($"test accuracy: {evaluation.Accuracy:F4}");
}

// The learning rate rises through the first epoch, then falls to zero along half a cosine: https://arxiv.org/abs/1608.03983.
static History Train(ResNet network, Dataset<Image, Clothes> train, Dataset<Image, Clothes> validation, Options options)
{
    var stepsPerEpoch = (train.Count + options.BatchSize - 1) / options.BatchSize;
    var falling = (int)Math.Clamp((options.Epochs - 1L) * stepsPerEpoch, 1, int.MaxValue);
    return network.Fit(train, new AdamW(3e-3, weightDecay: 0.02), new()
    {
        Epochs = options.Epochs,
        BatchSize = options.BatchSize,
        Schedule = new LinearWarmup(stepsPerEpoch, start: 0.1) { Then = new CosineAnnealing(falling), EveryStep = true },
        Validation = validation,
        Callbacks = [new EarlyStopping(patience: 4) { Monitor = "val_accuracy" }],
        Progress = new ConsoleProgress(),
    });
}

// What the first layer makes of images: a row for each, a tile for each filter.
static ImageGrid Activations(string parameters, Dataset<Image, Clothes> images)
{
    using var layer = new FirstLayer();
    layer.Load(parameters, strict: false);
    var size = Shape<N28, N28, N32>.Size;
    var output = new float[images.Count * size];
    for (var i = 0; i < images.Count; i++)
    {
        layer.Forward(images.Input(i), output.AsSpan(i * size, size));
    }

    return ImageGrid.Activations<N28, N28, N32>(output, scale: 1);
}
