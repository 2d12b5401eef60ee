using StaticNet.Benchmarks.Peers.OnnxRuntime;

namespace StaticNet.Onnx.Tests;

/// <summary>ONNX Runtime's C library, whose path is in STATICNET_ONNXRUNTIME: benchmarks/peers/setup.sh onnxruntime fetches it.</summary>
internal static class OnnxRuntime
{
    private static readonly string? s_path = Environment.GetEnvironmentVariable("STATICNET_ONNXRUNTIME");

    private static readonly OrtLibrary? s_library = string.IsNullOrEmpty(s_path)
        ? null
        : OrtLibrary.TryLoad(s_path) ?? throw new InvalidOperationException($"STATICNET_ONNXRUNTIME: {s_path} cannot be loaded.");

    /// <summary>The library; without it the test is skipped.</summary>
    public static OrtLibrary Required()
    {
        Assert.SkipWhen(s_library is null, "STATICNET_ONNXRUNTIME has no path of ONNX Runtime's C library: benchmarks/peers/setup.sh onnxruntime fetches it.");
        return s_library;
    }
}
