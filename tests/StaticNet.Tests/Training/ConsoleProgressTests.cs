namespace StaticNet.Tests.Training;

public class ConsoleProgressTests
{
    private static readonly FitProgress s_running = new()
    {
        Epoch = 3,
        Epochs = 10,
        Done = 33_000,
        Samples = 60_000,
        Loss = 0.08314,
        Elapsed = TimeSpan.FromSeconds(66),
    };

    private static readonly FitProgress s_over = s_running with
    {
        Done = 60_000,
        Elapsed = TimeSpan.FromSeconds(120),
        Result = new EpochResult(
            3, [new("loss", 0.0821), new("accuracy", 0.9751), new("val_loss", 0.0901), new("learning_rate", 0.1), new("seconds", 120)]),
    };

    private const string Outcome = "Epoch  3/10  loss 0.0821  accuracy 0.9751  val_loss 0.0901  120.0 s, 500 samples/s";

    [Fact]
    public void Terminal_shows_a_bar_that_becomes_the_outcome()
    {
        var (progress, text) = Make(isTerminal: true, hasColour: false);
        progress.Report(s_running);
        var line = "\rEpoch  3/10  " + new string('━', 15) + new string('─', 13) + "  55%  loss 0.0831  500 samples/s  0:54 left";
        Assert.Equal(line, text.ToString());

        progress.Report(s_over);
        var rest = new string(' ', line.Length - 1 - Outcome.Length);
        Assert.Equal($"{line}\r{Outcome}{rest}\n", text.ToString());
    }

    [Fact]
    public void Redirected_output_has_one_line_an_epoch()
    {
        var (progress, text) = Make(isTerminal: false, hasColour: true);
        progress.Report(s_running);
        progress.Report(s_over);
        progress.Report(s_over with { Epoch = 10 });
        Assert.Equal($"{Outcome}\n{Outcome.Replace(" 3/", "10/", StringComparison.Ordinal)}\n", text.ToString());
    }

    [Fact]
    public void Colours_do_not_count_for_the_width_and_can_be_off()
    {
        var (progress, text) = Make(isTerminal: true, hasColour: true, width: 50);
        progress.Report(s_running);
        Assert.Contains("\u001b[32m━", text.ToString(), StringComparison.Ordinal);
        var visible = System.Text.RegularExpressions.Regex.Replace(text.ToString(), "\u001b\\[[0-9]+m", "");
        Assert.Equal(50, visible.Length);

        (progress, text) = Make(isTerminal: true, hasColour: false);
        progress.Report(s_running);
        progress.Report(s_over);
        Assert.DoesNotContain('\u001b', text.ToString());
    }

    [Fact]
    public void Fit_reports_every_epoch()
    {
        using var network = Problems.RegressionNetwork();
        var (progress, text) = Make(isTerminal: false, hasColour: false);
        Trainer.Fit(network, Problems.Regression(40), new Sgd(0.1), new() { Epochs = 3, Progress = progress });
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches("^Epoch 2/3  loss [0-9.]+  mae [0-9.]+  [0-9.]+ s, [0-9,]+ samples/s$", lines[1]);
    }

    [Fact]
    public void Speed_and_time_left_follow_from_what_is_done()
    {
        Assert.Equal(500, s_running.SamplesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(54), s_running.Remaining);
        var start = s_running with { Done = 0, Elapsed = TimeSpan.Zero };
        Assert.Equal((0, TimeSpan.Zero), (start.SamplesPerSecond, start.Remaining));
    }

    private static (ConsoleProgress Progress, StringWriter Text) Make(bool isTerminal, bool hasColour, int width = 120)
    {
        var text = new StringWriter { NewLine = "\n" };
        return (new ConsoleProgress(text, isTerminal, hasColour, () => width), text);
    }
}
