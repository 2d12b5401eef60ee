using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

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
    public string ToCsv()
    {
        var text = new StringBuilder();
        if (Count > 0)
        {
            text.Append("epoch,").AppendJoin(',', _epochs[0].Values.Select(pair => pair.Key)).Append('\n');
        }

        foreach (var epoch in _epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},");
            text.AppendJoin(',', epoch.Values.Select(pair => pair.Value.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

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

    /// <inheritdoc/>
    public IEnumerator<EpochResult> GetEnumerator() => _epochs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);
}
