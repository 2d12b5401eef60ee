using System.Reflection;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>The declarations in the folder Networks as text, embedded in this assembly.</summary>
internal static class NetworkSources
{
    private const string Prefix = "network:";

    /// <summary>The largest first.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (Name: name[Prefix.Length..], Text: Read(name)))
            .OrderByDescending(source => source.Text.Length),
    ];

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
