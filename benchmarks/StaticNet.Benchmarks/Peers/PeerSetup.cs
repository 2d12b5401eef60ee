using System.Reflection;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Where <c>benchmarks/peers/setup.sh</c> puts the peers.</summary>
internal static class PeerSetup
{
    public const string SystemPython = "/usr/bin/python3";

    private static readonly string s_directory = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PeersDirectory").Value!;

    public static string OnnxRuntimeLibrary { get; } = Path.Combine(
        s_directory, "onnxruntime/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1");

    public static string TrainingScript { get; } = Path.Combine(s_directory, "torch_training.py");

    public static string Missing(string peer, string argument) =>
        $"{peer} is not installed, so only StaticNet is timed: benchmarks/peers/setup.sh {argument} installs it.";
}
