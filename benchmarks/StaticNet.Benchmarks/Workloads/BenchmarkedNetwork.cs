namespace StaticNet.Benchmarks.Workloads;

/// <summary>A network and how to make one that computes on a number of threads.</summary>
internal sealed record BenchmarkedNetwork(NetworkShape Shape, Func<int, IWorkload> Create)
{
    public static IReadOnlyList<BenchmarkedNetwork> All { get; } = [];

    /// <exception cref="FormatException">No workload has the name.</exception>
    public static IReadOnlyList<BenchmarkedNetwork> Named(string? name)
    {
        IReadOnlyList<BenchmarkedNetwork> found = [.. All.Where(network => name is null || network.Shape.Name == name)];
        return found.Count > 0
            ? found
            : throw new FormatException($"There is no workload {name}; there are {string.Join(", ", All.Select(network => network.Shape.Name))}.");
    }
}
