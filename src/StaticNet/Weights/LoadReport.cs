namespace StaticNet;

/// <summary>A tensor that has the name of a parameter but not its shape or a type of real numbers.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Expected">What the network has: <c>F32 [10, 784]</c>.</param>
/// <param name="Found">What the file has.</param>
public readonly record struct WeightMismatch(string Name, string Expected, string Found);

/// <summary>What loading a weight file did.</summary>
public sealed class LoadReport
{
    internal LoadReport(
        IReadOnlyList<string> matched,
        IReadOnlyList<string> missing,
        IReadOnlyList<string> unexpected,
        IReadOnlyList<WeightMismatch> mismatched) =>
        (Matched, Missing, Unexpected, Mismatched) = (matched, missing, unexpected, mismatched);

    /// <summary>Parameters that were loaded.</summary>
    public IReadOnlyList<string> Matched { get; }

    /// <summary>Parameters that the file does not have.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Tensors of the file that the network does not have.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Tensors of another shape or of no type of real numbers.</summary>
    public IReadOnlyList<WeightMismatch> Mismatched { get; }

    /// <summary>Whether file and network have exactly the same parameters.</summary>
    public bool IsExact => Missing.Count == 0 && Unexpected.Count == 0 && Mismatched.Count == 0;

    /// <summary>One line for each kind of parameter.</summary>
    public override string ToString()
    {
        var lines = new List<string> { $"{Matched.Count} parameters loaded" };
        Add("missing in the file", Missing);
        Add("unknown to the network", Unexpected);
        Add("of another shape or type", [.. Mismatched.Select(m => $"{m.Name} (network {m.Expected}, file {m.Found})")]);
        return string.Join('\n', lines);

        void Add(string what, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
            {
                lines.Add($"{names.Count} {what}: {string.Join(", ", names)}");
            }
        }
    }
}
