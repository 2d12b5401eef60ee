namespace StaticNet;

/// <summary>Writes a table with a line for each epoch, as <see cref="History.ToCsv"/> gives it, while training goes on.</summary>
/// <param name="path">The file; one that is there is replaced when training begins.</param>
/// <exception cref="ArgumentException">The path is empty.</exception>
public sealed class CsvLogger(string path) : Callback
{
    /// <summary>The file.</summary>
    public string Path { get; } = string.IsNullOrEmpty(path) ? throw new ArgumentException("Give the path of a file.", nameof(path)) : path;

    /// <inheritdoc/>
    public override void OnFitBegin(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        File.WriteAllText(Path, context.History.ToCsv());
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var line = History.CsvLine(result);
        File.AppendAllText(Path, context.History.Count == 1 ? History.CsvHeader(result) + line : line);
    }
}
