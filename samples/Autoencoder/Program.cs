using System.Globalization;
using AutoencoderSample;
using StaticNet;

const int Epochs = 8;
const int BatchSize = 128;
const int Shown = 20;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length > 2 || args is ["--help" or "-h"])
{
    Console.Error.WriteLine("dotnet run --project samples/Autoencoder -c Release -- [PNG FILE TO WRITE [DIRECTORY WITH IMAGES]]");
    return 2;
}

try
{
    Run(
        args.ElementAtOrDefault(0) ?? "reconstructions.png",
        args.ElementAtOrDefault(1) ?? Path.Combine(AppContext.BaseDirectory, "data"));
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Run(string picture, string data)
{
    // Without labels: each image is its own target.
    var train = Idx.Load<Shape<N784>>(Path.Combine(data, "train-images-idx3-ubyte.gz"));
    var test = Idx.Load<Shape<N784>>(Path.Combine(data, "t10k-images-idx3-ubyte.gz"));
    Console.WriteLine($"{Autoencoder.Summary}\n");

    using var network = new Autoencoder(seed: 1);
    var stepsPerEpoch = (train.Count + BatchSize - 1) / BatchSize;
    network.Fit(train, new Adam(3e-3), new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Schedule = new CosineAnnealing(Epochs * stepsPerEpoch) { EveryStep = true },
        Validation = test,
        Progress = new ConsoleProgress(),
    });

    var grid = new ImageGrid(rows: 2, columns: Shown, height: 28, width: 28);
    var reconstruction = new float[784];
    for (var i = 0; i < Math.Min(Shown, test.Count); i++)
    {
        var original = test.Input(i);
        network.Predict(original, reconstruction);
        grid.Draw(row: 0, column: i, original.Values);
        grid.Draw(row: 1, column: i, reconstruction);
    }

    grid.Save(picture);
    Console.WriteLine($"\n{picture}: digits of the test data over what came back through 32 numbers");
    Console.WriteLine($"root mean squared error of a pixel: {network.Evaluate(test).RootMeanSquaredError:F4}");
}
