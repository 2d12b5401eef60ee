using System.Globalization;

namespace MnistSample;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    public const string Usage = """
        dotnet run --project samples/Mnist -c Release -- [options]

          --model NAME    the network: mlp (784-500-10) or cnn (two convolutions, two dense layers) (mlp)
          --epochs N      how often it sees the training data (mlp: 6, cnn: 3; after --load: 0, which only tests)
          --batch N       samples in a training step (mlp: 128, cnn: 64)
          --seed N        decides initial parameters and the order of samples (1)
          --threads N     the most threads that work at once (all processors); the result does not depend on it
          --data DIR      other data in the format of MNIST, such as Fashion-MNIST
          --save FILE     writes the trained parameters as safetensors
          --onnx FILE     writes the trained network as an ONNX model
          --load FILE     begins with the parameters of a file
        """;

    public Model Model { get; private init; } = Model.All[0];

    public int? Epochs { get; private init; }

    public int? BatchSize { get; private init; }

    public int Seed { get; private init; } = 1;

    public int? Threads { get; private init; }

    public string Data { get; private init; } = Mnist.Shipped;

    public string? Save { get; private init; }

    public string? Onnx { get; private init; }

    public string? Load { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">It is not as <see cref="Usage"/> says.</exception>
    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var (name, value) = (arguments[i], arguments.ElementAtOrDefault(i + 1));
            options = name switch
            {
                "--model" => options with { Model = NamedModel(Text()) },
                "--epochs" => options with { Epochs = Number(least: 0) },
                "--batch" => options with { BatchSize = Number(least: 1) },
                "--seed" => options with { Seed = Number(least: int.MinValue) },
                "--threads" => options with { Threads = Number(least: 1) },
                "--data" => options with { Data = Text() },
                "--save" => options with { Save = Text() },
                "--onnx" => options with { Onnx = Text() },
                "--load" => options with { Load = Text() },
                _ => throw new FormatException($"There is no option {name}."),
            };

            string Text() => string.IsNullOrEmpty(value) ? throw new FormatException($"{name} needs a value.") : value;

            int Number(int least) =>
                int.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
                    ? number
                    : throw new FormatException($"{name} needs a whole number{(least < 0 ? "" : $", at least {least}")}, not '{value}'.");
        }

        return options;
    }

    private static Model NamedModel(string name) => Model.All.FirstOrDefault(model => model.Name == name)
        ?? throw new FormatException($"There is no model '{name}', but {string.Join(", ", Model.All.Select(model => model.Name))}.");
}
