namespace StaticNet;

/// <summary>A tensor that has the name of a parameter but not its shape or a type of real numbers.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Expected">What the network has: <c>F32 [10, 784]</c>.</param>
/// <param name="Found">What the file has.</param>
public readonly record struct WeightMismatch(string Name, string Expected, string Found);

/// <summary>What loading a weight file did.</summary>
public sealed class LoadReport
{
    internal LoadReport(IReadOnlyDictionary<string, string> sources) => (Matched, Sources) = ([.. sources.Keys], sources);

    /// <summary>Parameters that were loaded, in the network's order.</summary>
    public IReadOnlyList<string> Matched { get; }

    /// <summary>For each parameter that was loaded the name of its tensor in the file.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>Parameters that the file does not have, or not under a name that tells.</summary>
    public IReadOnlyList<string> Missing { get; internal init; } = [];

    /// <summary>
    /// Those of <see cref="Missing"/> that several tensors could be, as their names do not tell the order of their layers: <c>Load</c> takes the
    /// names that they have in the file.
    /// </summary>
    public IReadOnlyList<string> Ambiguous { get; internal init; } = [];

    /// <summary>Tensors of the file that the network does not have.</summary>
    public IReadOnlyList<string> Unexpected { get; internal init; } = [];

    /// <summary>Tensors of another shape or of no type of real numbers.</summary>
    public IReadOnlyList<WeightMismatch> Mismatched { get; internal init; } = [];

    /// <summary>How the file's tensors were read.</summary>
    public WeightLayout Layout { get; internal init; }

    /// <summary>Whether file and network have exactly the same parameters.</summary>
    public bool IsExact => Missing.Count == 0 && Unexpected.Count == 0 && Mismatched.Count == 0;

    /// <summary>One line for each kind of parameter, and one for each that has another name in the file.</summary>
    public override string ToString()
    {
        var lines = new List<string> { $"{Matched.Count} parameters loaded{(Layout == WeightLayout.PyTorch ? "" : $" from a file of {Layout}")}" };
        Add("missing in the file", Missing);
        Add("of them ambiguous, as names do not tell which is which", Ambiguous);
        Add("unknown to the network", Unexpected);
        Add("of another shape or type", [.. Mismatched.Select(m => $"{m.Name} (network {m.Expected}, file {m.Found})")]);
        lines.AddRange(Sources.Where(pair => pair.Key != pair.Value).Select(pair => $"{pair.Key} is {pair.Value}"));
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
