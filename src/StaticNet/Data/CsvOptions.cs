namespace StaticNet;

/// <summary>How <see cref="Csv"/> reads a table.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between columns.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first line names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// The columns of the target, by name or, without a header, by number from 0; null for the last ones, as many as the target has.
    /// </summary>
    public IReadOnlyList<string>? TargetColumns { get; init; }

    /// <summary>The columns of the input, by name or by number; null for all but those of the target.</summary>
    public IReadOnlyList<string>? InputColumns { get; init; }

    /// <summary>The classes by name, in the order of their indices; null when the file has the indices themselves.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
