using System.Reflection;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Where <c>benchmarks/peers/setup.sh</c> puts the peers.</summary>
internal static class PeerSetup
{
    private static readonly string s_directory = Directory.Exists(Published) ? Published : Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PeersDirectory").Value!;

    public static string OnnxRuntimeLibrary { get; } = Path.Combine(
        s_directory, "onnxruntime/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1");

    /// <summary>The system's Python, whose PyTorch setup.sh installs, unless STATICNET_PYTHON in the environment names another.</summary>
    public static string Python => Environment.GetEnvironmentVariable("STATICNET_PYTHON") is { Length: > 0 } python ? python : "/usr/bin/python3";

    public static string TrainingScript { get; } = Path.Combine(s_directory, "torch_training.py");

    public static string CudaScript { get; } = Path.Combine(s_directory, "torch_cuda.py");

    /// <summary>Where publish-gpu.sh puts what of the peers a machine with a GPU needs.</summary>
    private static string Published => Path.Combine(AppContext.BaseDirectory, "peers");

    public static string Missing(string peer, string argument) =>
        $"{peer} is not installed, so only StaticNet is timed: benchmarks/peers/setup.sh {argument} installs it.";
}
