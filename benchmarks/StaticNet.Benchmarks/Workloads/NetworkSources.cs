using System.Reflection;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>A network's declaration as text.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Files">The C# files that declare it and its blocks.</param>
internal sealed record NetworkSource(string Name, string[] Files);

/// <summary>The declarations that are embedded in this assembly.</summary>
internal static class NetworkSources
{
    private const string Prefix = "network:";

    /// <summary>The largest first.</summary>
    public static IReadOnlyList<NetworkSource> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .GroupBy(name => name[Prefix.Length..name.IndexOf('/', StringComparison.Ordinal)], Read)
            .Select(files => new NetworkSource(files.Key, [.. files]))
            .OrderByDescending(source => source.Files.Sum(file => file.Length)),
    ];

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
