using System.Globalization;

namespace FashionMnistSample;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    public const string Usage = $"""
        dotnet run --project samples/FashionMnist -c Release -- [options]

          --epochs N      how often it sees the training data, at most (12)
          --batch N       samples in a training step (64)
          --seed N        decides initial parameters, augmentation and the order of samples (1)
          --threads N     the most threads that work at once (all processors); the result does not depend on it
          --data DIR      where the four files of Fashion-MNIST are ({FashionMnist.Installed})
          --output DIR    where pictures, history and trained parameters are written (the current directory)
        """;

    public int Epochs { get; private init; } = 12;

    public int BatchSize { get; private init; } = 64;

    public int Seed { get; private init; } = 1;

    public int? Threads { get; private init; }

    public string Data { get; private init; } = FashionMnist.Installed;

    public string Output { get; private init; } = ".";

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
                "--epochs" => options with { Epochs = Number(least: 1) },
                "--batch" => options with { BatchSize = Number(least: 1) },
                "--seed" => options with { Seed = Number(least: int.MinValue) },
                "--threads" => options with { Threads = Number(least: 1) },
                "--data" => options with { Data = Text() },
                "--output" => options with { Output = Text() },
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
}
