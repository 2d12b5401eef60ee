namespace StaticNet;

/// <summary>What came out of one epoch of training.</summary>
public sealed class EpochResult
{
    private readonly KeyValuePair<string, double>[] _values;

    internal EpochResult(int epoch, IEnumerable<KeyValuePair<string, double>> values)
    {
        Epoch = epoch;
        _values = [.. values];
    }

    /// <summary>The number of the epoch, the first being 1.</summary>
    public int Epoch { get; }

    /// <summary>
    /// Everything measured, in order: <c>loss</c> and metrics of training, the same of validation with <c>val_</c> before their names,
    /// <c>learning_rate</c>, <c>seconds</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, double>> Values => _values;

    /// <summary>One of <see cref="Values"/>.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured.</exception>
    public double this[string name] => TryGet(name, out var value)
        ? value
        : throw new KeyNotFoundException(
            $"Epoch {Epoch} has no '{name}'; it has {string.Join(", ", _values.Select(pair => $"'{pair.Key}'"))}.");

    /// <summary>Finds one of <see cref="Values"/>.</summary>
    public bool TryGet(string name, out double value)
    {
        foreach (var pair in _values)
        {
            if (pair.Key == name)
            {
                value = pair.Value;
                return true;
            }
        }

        value = double.NaN;
        return false;
    }

    /// <summary>
    /// The value that a schedule or callback watches, and whether it should grow, as accuracies should: the named one, or else the
    /// validation loss, or else the training loss.
    /// </summary>
    internal (double Value, bool Grows) Monitored(string? name)
    {
        name ??= TryGet("val_loss", out _) ? "val_loss" : "loss";
        return (this[name], name.EndsWith("accuracy", StringComparison.Ordinal));
    }
}
