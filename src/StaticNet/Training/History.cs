using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>What came out of every epoch of training, in order.</summary>
public sealed class History : IReadOnlyList<EpochResult>
{
    private readonly List<EpochResult> _epochs = [];

    internal History()
    {
    }

    /// <summary>Epochs that were finished.</summary>
    public int Count => _epochs.Count;

    /// <summary>Seconds of all epochs together.</summary>
    public double Seconds => _epochs.Sum(epoch => epoch["seconds"]);

    /// <summary>Why training ended before its last epoch; null when it did not.</summary>
    public string? StopReason { get; internal set; }

    /// <summary>One epoch, the first at 0.</summary>
    public EpochResult this[int index] => _epochs[index];

    /// <summary>One value over all epochs: <c>history["val_loss"]</c>.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured.</exception>
    public IReadOnlyList<double> this[string name] => [.. _epochs.Select(epoch => epoch[name])];

    /// <summary>A table with a line for each epoch, separated by commas, with a header.</summary>
    public string ToCsv() => Count == 0 ? "" : CsvHeader(_epochs[0]) + string.Concat(_epochs.Select(CsvLine));

    /// <summary>The first line of a table.</summary>
    internal static string CsvHeader(EpochResult epoch) => $"epoch,{string.Join(',', epoch.Values.Select(pair => pair.Key))}\n";

    /// <summary>The line of an epoch.</summary>
    internal static string CsvLine(EpochResult epoch)
    {
        var values = epoch.Values.Select(pair => pair.Value.ToString("R", CultureInfo.InvariantCulture));
        return FormattableString.Invariant($"{epoch.Epoch},{string.Join(',', values)}\n");
    }

    /// <summary>Reads what <see cref="ToCsv"/> has written.</summary>
    /// <exception cref="WeightFormatException">It is not that.</exception>
    internal static History FromCsv(string text)
    {
        var history = new History();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines.Length > 0 ? lines[0].Split(',') : [];
        foreach (var line in lines.Skip(1))
        {
            var fields = line.Split(',');
            if (fields.Length != names.Length)
            {
                throw new WeightFormatException($"The history has {fields.Length} values where {names.Length} should be.");
            }

            var values = Array.ConvertAll(fields, Parse);
            history.Add(new EpochResult((int)values[0], names.Zip(values, KeyValuePair.Create).Skip(1)));
        }

        return history;
    }

    private static double Parse(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new WeightFormatException($"The history has '{field}' where a number should be.");

    /// <summary>An array with an object for each epoch; a value that is not finite is null.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var epoch in _epochs)
            {
                json.WriteStartObject();
                json.WriteNumber("epoch", epoch.Epoch);
                foreach (var (name, value) in epoch.Values)
                {
                    if (double.IsFinite(value))
                    {
                        json.WriteNumber(name, value);
                    }
                    else
                    {
                        json.WriteNull(name);
                    }
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>
    /// Writes a page to look at in a browser: curves of loss, metrics and learning rate, and a table. One file, which needs no other; on
    /// a failure, a file that was there is still there.
    /// </summary>
    /// <param name="path">The file, by custom ending in <c>.html</c>.</param>
    /// <param name="title">What the page is called.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void SaveHtml(string path, string title = "Training history")
    {
        ArgumentNullException.ThrowIfNull(title);
        AtomicFile.Write(path, stream => HistoryPage.Write(stream, this, title));
    }

    /// <inheritdoc/>
    public IEnumerator<EpochResult> GetEnumerator() => _epochs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);
}
