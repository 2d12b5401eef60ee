using System.Globalization;
using StaticNet;
using StaticNetApp;

const string Weights = "classifier.safetensors";

// The classes of data.csv, in the order of the network's outputs.
string[] classes = ["red", "green", "blue"];

switch (args)
{
    case []:
        Train();
        return 0;
    case ["predict", var width, var height] when TryParse(width, out var x) && TryParse(height, out var y):
        Predict([x, y]);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run                             learns from data.csv
                   dotnet run -- predict WIDTH HEIGHT     says what the line would be
            """);
        return 2;
}

void Train()
{
    var data = Csv.Load<Shape<N2>, ClassIndex<N3>>(Path.Combine(AppContext.BaseDirectory, "data.csv"), new() { ClassNames = classes });
    var (rest, test) = data.Shuffle(seed: 1).Split(0.2);
    var (train, validation) = rest.Split(0.2);

    // Ends when the validation data have seen no progress for a while, with the weights of the best epoch.
    using var network = new Classifier(seed: 1);
    var history = network.Fit(train, new Adam(0.01), new()
    {
        Epochs = 500,
        BatchSize = 32,
        Validation = validation,
        Callbacks = [new EarlyStopping(patience: 40)],
        Progress = new ConsoleProgress(),
    });

    Console.WriteLine($"{history.Count} epochs; of what it has never seen:\n{network.Evaluate(test)}");
    network.Save(Weights);
}

void Predict(float[] line)
{
    using var network = Classifier.FromFile(Weights);
    var probabilities = new float[classes.Length];
    network.Predict(line, probabilities);
    foreach (var (name, probability) in classes.Zip(probabilities).OrderByDescending(pair => pair.Second))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-6}{probability,8:P1}"));
    }
}

static bool TryParse(string text, out float number) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
