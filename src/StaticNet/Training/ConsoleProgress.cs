using System.Globalization;
using System.Text;

namespace StaticNet;

/// <summary>
/// Shows training in a terminal: a line that fills while an epoch runs, with loss, speed and time left, and becomes the epoch's outcome.
/// Where output goes to a file or another program, only one line for each epoch. Without colour when <c>NO_COLOR</c> is set.
/// </summary>
public sealed class ConsoleProgress : IProgress<FitProgress>
{
    private const int BarWidth = 28;
    private const int FallbackWidth = 120;

    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly bool _hasColour;
    private readonly Func<int> _width;
    private int _shown;

    /// <summary>Writes to the console.</summary>
    public ConsoleProgress()
        : this(
            Console.Out,
            isTerminal: !Console.IsOutputRedirected,
            hasColour: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            width: ConsoleWidth)
    {
    }

    internal ConsoleProgress(TextWriter output, bool isTerminal, bool hasColour, Func<int> width) =>
        (_output, _isTerminal, _hasColour, _width) = (output, isTerminal, isTerminal && hasColour, width);

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Result is { } result)
        {
            Show(Outcome(value, result));
            _output.WriteLine();
            _shown = 0;
        }
        else if (_isTerminal)
        {
            Show(Running(value));
        }

        _output.Flush();
    }

    /// <summary>Writes a line over the one that is shown.</summary>
    private void Show(List<(string Text, string? Colour)> parts)
    {
        var room = _isTerminal ? Math.Max(20, _width() - 1) : int.MaxValue;
        var line = new StringBuilder(_isTerminal ? "\r" : "");
        var length = 0;
        foreach (var (text, colour) in parts)
        {
            var visible = text.Length <= room - length ? text : text[..(room - length)];
            line.Append(_hasColour && colour is not null ? $"\u001b[{colour}m{visible}\u001b[0m" : visible);
            length += visible.Length;
        }

        line.Append(' ', Math.Max(0, _shown - length));
        _shown = length;
        _output.Write(line);
    }

    private List<(string Text, string? Colour)> Running(FitProgress value)
    {
        var fraction = (double)value.Done / value.Samples;
        var full = (int)(fraction * BarWidth);
        var (done, open) = _output.Encoding is UTF8Encoding or UnicodeEncoding ? ('━', '─') : ('#', '-');
        return
        [
            (Epoch(value), null),
            (new string(done, full), "32"),
            (new string(open, BarWidth - full), "90"),
            (Invariant($" {100 * fraction,3:F0}%  loss {value.Loss:F4}"), null),
            (Invariant($"  {value.SamplesPerSecond:N0} samples/s  {Time(value.Remaining)} left"), "90"),
        ];
    }

    private static List<(string Text, string? Colour)> Outcome(FitProgress value, EpochResult result)
    {
        List<(string, string?)> parts = [(Epoch(value), null)];
        foreach (var (name, number) in result.Values)
        {
            if (name is not ("seconds" or "learning_rate"))
            {
                parts.Add((Invariant($"{(parts.Count > 1 ? "  " : "")}{name} {number:F4}"), null));
            }
        }

        parts.Add((Invariant($"  {value.Elapsed.TotalSeconds:F1} s, {value.SamplesPerSecond:N0} samples/s"), "90"));
        return parts;
    }

    private static string Epoch(FitProgress value)
    {
        var all = value.Epochs.ToString(CultureInfo.InvariantCulture);
        return $"Epoch {value.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length)}/{all}  ";
    }

    private static string Time(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static int ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : FallbackWidth;
        }
        catch (IOException)
        {
            return FallbackWidth;
        }
    }
}
