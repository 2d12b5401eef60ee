using System.Globalization;
using MnistSample;
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
catch (FormatException e) when (e is not WeightFormatException)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Options.Usage}");
    return 2;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or WeightFormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Run(Options options)
{
    RequireFolder(options.Save);
    RequireFolder(options.Onnx);
    var model = options.Model;
    var (train, test) = Mnist.Load(options.Data);
    Console.WriteLine($"{train.Count} images to learn from, {test.Count} to test with\n\n{model.Summary}\n");

    using var network = model.Create(options.Seed);
    network.Threads = options.Threads ?? network.Threads;
    if (options.Load is not null)
    {
        network.Load(options.Load);
    }

    var seconds = Train(network, train, test, options);
    var evaluation = network.Evaluate(test);
    Console.WriteLine($"\n{evaluation.ConfusionMatrix}\n");
    Console.WriteLine($"training: {seconds:F2} s on {network.Threads} thread{(network.Threads == 1 ? "" : "s")}");
    Console.WriteLine($"test accuracy: {evaluation.Accuracy:F4}");
    if (options.Save is not null)
    {
        network.Save(options.Save);
    }

    if (options.Onnx is not null)
    {
        network.SaveOnnx(options.Onnx, OnnxOutput.Predict);
    }
}

// Before training, not after it.
static void RequireFolder(string? file)
{
    if (file is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
    {
        throw new DirectoryNotFoundException($"There is no folder for {file} to be written to.");
    }
}

// Adam, whose learning rate falls to zero along half a cosine: https://arxiv.org/abs/1412.6980, https://arxiv.org/abs/1608.03983.
static double Train(IDigitNetwork network, Dataset<Image, Digit> train, Dataset<Image, Digit> test, Options options)
{
    var epochs = options.Epochs ?? (options.Load is null ? options.Model.Epochs : 0);
    var batchSize = options.BatchSize ?? options.Model.BatchSize;
    var steps = (int)Math.Min(int.MaxValue, (long)epochs * ((train.Count + batchSize - 1) / batchSize));
    var history = network.Fit(train, new Adam(options.Model.LearningRate), new()
    {
        Epochs = epochs,
        BatchSize = batchSize,
        Schedule = steps > 0 ? new CosineAnnealing(steps) { EveryStep = true } : null,
        Validation = test,
        Progress = new ConsoleProgress(),
    });
    return history.Seconds;
}
