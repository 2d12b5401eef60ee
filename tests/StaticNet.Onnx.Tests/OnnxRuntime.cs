using System.IO.MemoryMappedFiles;
using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Probes;

namespace StaticNet.Onnx.Tests;

/// <summary>ONNX Runtime's C library, whose path is in STATICNET_ONNXRUNTIME: benchmarks/peers/setup.sh onnxruntime fetches it.</summary>
internal static class OnnxRuntime
{
    private static readonly string? s_path = Environment.GetEnvironmentVariable("STATICNET_ONNXRUNTIME");

    private static readonly OrtLibrary? s_library = string.IsNullOrEmpty(s_path)
        ? null
        : OrtLibrary.TryLoad(s_path) ?? throw new InvalidOperationException($"STATICNET_ONNXRUNTIME: {s_path} cannot be loaded.");

    /// <summary>Skips the test where the library is not there.</summary>
    public static void IsNeeded() => Assert.SkipWhen(
        s_library is null, "STATICNET_ONNXRUNTIME has no path of ONNX Runtime's C library: benchmarks/peers/setup.sh onnxruntime fetches it.");

    /// <summary>Runs an exported file on one thread.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">The name and the shape of a sample of each input.</param>
    /// <param name="samples">All samples of the first input, then all of the second.</param>
    /// <param name="output">The shape of a sample of the output.</param>
    /// <param name="batch">Samples.</param>
    public static unsafe float[] Run(string path, IReadOnlyList<(string Name, int[] Shape)> inputs, ReadOnlySpan<float> samples, int[] output, int batch)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        using var result = new AlignedBuffer(batch * Size(output));
        var tensors = inputs.Select(input => new OrtTensor(input.Name, [batch, .. input.Shape], new(batch * Size(input.Shape)))).ToArray();
        byte* model = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref model);
        try
        {
            foreach (var tensor in tensors)
            {
                samples[..tensor.Values.Length].CopyTo(tensor.Values.Span);
                samples = samples[tensor.Values.Length..];
            }

            ReadOnlySpan<byte> bytes = new(model, checked((int)new FileInfo(path).Length));
            using var session = new OrtSession(s_library!, bytes, threads: 1, tensors, new("output", [batch, .. output], result));
            session.Run();
            return result.Span.ToArray();
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            Array.ForEach(tensors, tensor => tensor.Values.Dispose());
        }
    }

    /// <summary>Asserts that numbers are what they should be, within 10⁻⁵ of the largest.</summary>
    public static void AssertAgrees(string what, IReadOnlyList<double> expected, float[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        var largest = expected.Max(Math.Abs);
        var difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference <= 1e-5 * largest, $"{what}: off by {difference:E1}, the largest number is {largest:E1}");
    }

    private static int Size(int[] shape) => shape.Aggregate((a, b) => a * b);
}
