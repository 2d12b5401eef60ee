using System.Globalization;
using System.Text.RegularExpressions;

namespace StaticNet.Samples.Tests;

public sealed partial class MnistTests(DigitFiles digits) : IClassFixture<DigitFiles>
{
    [Fact]
    public async Task All_digits_are_learned_in_an_epoch()
    {
        var run = await Sample.Run("Mnist", "--epochs", "1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("60000 images to learn from, 10000 to test with", run.Output[0]);
        Assert.InRange(Accuracy(run), 0.965, 0.98);
    }

    [Fact]
    public async Task Convolutions_learn_more_from_few_digits()
    {
        var run = await Train("--model", "cnn");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Output, line => line.StartsWith("total", StringComparison.Ordinal) && line.Contains("843,658", StringComparison.Ordinal));
        Assert.Equal(3, run.Output.Count(line => line.StartsWith("Epoch ", StringComparison.Ordinal)));
        Assert.InRange(Accuracy(run), 0.955, 0.99);
    }

    [Fact]
    public async Task Output_ends_with_confusion_seconds_and_accuracy()
    {
        var run = await Train("--epochs", "4", "--batch", "64");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Output, line => line.StartsWith("dense1", StringComparison.Ordinal) && line.Contains("Dense(500)", StringComparison.Ordinal));
        Assert.Equal(4, run.Output.Count(line => line.StartsWith("Epoch ", StringComparison.Ordinal)));
        Assert.Matches(@"^training: \d+\.\d\d s on \d+ threads?$", run.Output[^2]);
        Assert.InRange(Accuracy(run), 0.92, 0.97);

        // The diagonal of the confusion matrix has the samples that the accuracy counts.
        var matrix = run.Output[^13..^3].Select(line => Array.ConvertAll(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), int.Parse)[1..]).ToArray();
        Assert.Equal(DigitFiles.Testing, matrix.Sum(row => row.Sum()));
        Assert.Equal(Accuracy(run), matrix.Select((row, digit) => row[digit]).Sum() / (double)DigitFiles.Testing, 6);
    }

    [Fact]
    public async Task Threads_do_not_change_the_result()
    {
        var one = await Train("--epochs", "2", "--threads", "1", "--save", digits["one.safetensors"]);
        var two = await Train("--epochs", "2", "--threads", "2", "--save", digits["two.safetensors"]);

        Assert.Contains("on 1 thread", one.Output[^2], StringComparison.Ordinal);
        Assert.Contains("on 2 threads", two.Output[^2], StringComparison.Ordinal);
        Assert.Equal(one.Output[^1], two.Output[^1]);
        Assert.Equal(File.ReadAllBytes(digits["one.safetensors"]), File.ReadAllBytes(digits["two.safetensors"]));
    }

    [Fact]
    public async Task Seed_decides_the_result()
    {
        await Train("--epochs", "0", "--seed", "1", "--save", digits["seed1.safetensors"]);
        await Train("--epochs", "0", "--seed", "-2", "--save", digits["seed2.safetensors"]);
        await Train("--epochs", "0", "--save", digits["seed.safetensors"]);

        Assert.Equal(File.ReadAllBytes(digits["seed1.safetensors"]), File.ReadAllBytes(digits["seed.safetensors"]));
        Assert.NotEqual(File.ReadAllBytes(digits["seed1.safetensors"]), File.ReadAllBytes(digits["seed2.safetensors"]));
    }

    [Fact]
    public async Task Loaded_network_is_as_accurate_as_the_saved_one()
    {
        var trained = await Train("--epochs", "1", "--save", digits["trained.safetensors"]);
        var loaded = await Train("--load", digits["trained.safetensors"], "--seed", "7");
        var further = await Train("--load", digits["trained.safetensors"], "--epochs", "1", "--seed", "7");

        Assert.Equal(trained.Output[^1], loaded.Output[^1]);
        Assert.True(Accuracy(trained) > 0.8);
        Assert.True(Accuracy(further) > Accuracy(trained));
    }

    [Theory]
    [InlineData("There is no option --epoch.", "--epoch", "3")]
    [InlineData("There is no option mlp.", "mlp")]
    [InlineData("--epochs needs a value.", "--epochs")]
    [InlineData("--epochs needs a whole number, at least 0, not '-1'.", "--epochs", "-1")]
    [InlineData("--epochs needs a whole number, at least 0, not '1e3'.", "--epochs", "1e3")]
    [InlineData("--batch needs a whole number, at least 1, not '0'.", "--batch", "0")]
    [InlineData("--threads needs a whole number, at least 1, not '0'.", "--threads", "0")]
    [InlineData("--seed needs a whole number, not 'x'.", "--seed", "x")]
    [InlineData("There is no model 'cnm', but mlp, cnn.", "--model", "cnm")]
    public async Task Wrong_option_is_named(string message, params string[] arguments)
    {
        var run = await Sample.Run("Mnist", arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal([""], run.Output);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("--threads N", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_do_not_fit_are_named()
    {
        using var damaged = new DigitFiles();
        var labels = damaged["train-labels-idx1-ubyte"];
        File.WriteAllBytes(labels, File.ReadAllBytes(labels)[..^1]);
        var truncated = await Sample.Run("Mnist", "--data", damaged.Folder);
        File.Delete(labels);
        var missing = await Sample.Run("Mnist", "--data", damaged.Folder);
        var foreign = await Train("--load", damaged["t10k-images-idx3-ubyte.gz"]);
        var unwritable = await Train("--save", damaged[Path.Combine("nowhere", "x.safetensors")]);

        AssertFails(truncated, $"{labels} announces 4000 = 4000 values but has 3999.");
        AssertFails(missing, $"There is no train-labels-idx1-ubyte.gz, nor train-labels-idx1-ubyte, in {damaged.Folder}.");
        AssertFails(foreign, damaged["t10k-images-idx3-ubyte.gz"]);
        AssertFails(unwritable, "There is no folder for ");
        Assert.DoesNotContain(unwritable.Output, line => line.StartsWith("Epoch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_and_readme_tell_every_option()
    {
        var help = await Sample.Run("Mnist", "--help");
        var options = help.Output.Select(line => OptionName().Match(line)).Where(match => match.Success).Select(match => match.Value.Trim()).ToArray();
        var readme = File.ReadAllText(Sample.File("Mnist", "README.md"));

        Assert.Equal(0, help.ExitCode);
        Assert.Equal(["--model", "--epochs", "--batch", "--seed", "--threads", "--data", "--save", "--onnx", "--load"], options);
        Assert.All(options, option => Assert.Contains($"| `{option} ", readme, StringComparison.Ordinal));
    }

    private Task<Sample> Train(params string[] arguments) => Sample.Run("Mnist", ["--data", digits.Folder, .. arguments]);

    private static double Accuracy(Sample run)
    {
        var match = AccuracyLine().Match(run.Output[^1]);
        Assert.True(match.Success, $"The last line is '{run.Output[^1]}'. {run.Error}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static void AssertFails(Sample run, string message)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^test accuracy: (0\.\d{4})$")]
    private static partial Regex AccuracyLine();

    [GeneratedRegex("^  --[a-z]+ ")]
    private static partial Regex OptionName();
}
