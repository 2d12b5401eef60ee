using System.Reflection;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>The declarations of networks as text, embedded in this assembly.</summary>
internal static class NetworkSources
{
    private const string Prefix = "source:";

    /// <summary>Files with blocks of a network whose own file has the network's name.</summary>
    private static readonly Dictionary<string, string[]> s_blocks = new()
    {
        ["DsCnn"] = ["MobileNet"],
        ["ResNet18"] = ["ResNetBlocks"],
        ["ResNet50"] = ["ResNetBlocks"],
    };

    /// <returns>The C# files that declare a network and its blocks.</returns>
    public static string[] Of(string network) => [Read(network), .. s_blocks.GetValueOrDefault(network, []).Select(Read)];

    private static string Read(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + file)!);
        return reader.ReadToEnd();
    }
}
