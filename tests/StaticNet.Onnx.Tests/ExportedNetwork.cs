using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Reflection;
using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Probes;
using StaticNet.Conformance;
using StaticNet.Execution;

namespace StaticNet.Onnx.Tests;

/// <summary>A network of a generated class with parameters all of which matter, to be exported and compared with ONNX Runtime.</summary>
internal sealed class ExportedNetwork : IDisposable
{
    private readonly object _network;
    private readonly MethodInfo _saveOnnx;
    private readonly NetworkUnderTest _under;

    public ExportedNetwork(Type type, int seed = 1)
    {
        _network = Activator.CreateInstance(type, seed, null)!;
        _saveOnnx = type.GetMethod("SaveOnnx")!;
        var face = type.GetInterfaces().Single(i => i.Name == "INetwork`2");
        _under = new((NetworkCore)face.GetProperty("Core")!.GetValue(_network)!);
        DrawVectors(seed);
        InputShapes = [.. Shapes(face.GetGenericArguments()[0])];
        OutputShape = Extents(face.GetGenericArguments()[1]);
    }

    public NetworkInfo Info => _under.Info;

    /// <summary>The shape of a sample of each input.</summary>
    public int[][] InputShapes { get; }

    /// <summary>The shape of a sample of the output.</summary>
    public int[] OutputShape { get; }

    /// <summary>Inputs come first in the summary, by their names.</summary>
    public IEnumerable<string> InputNames => Info.Layers.Take(InputShapes.Length).Select(layer => layer.Name);

    /// <summary>Exports the network by its public method.</summary>
    public void Save(string path, OnnxOutput output) => _saveOnnx.Invoke(_network, BindingFlags.DoNotWrapExceptions, null, [path, output], CultureInfo.InvariantCulture);

    /// <summary>Exports both outputs, runs the files and compares: within 10⁻⁵ of the largest number.</summary>
    public void AssertAgreesWithOnnxRuntime(int batch)
    {
        var input = Samples.Inputs(Info, batch);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            foreach (var output in Enum.GetValues<OnnxOutput>())
            {
                Save(path, output);
                var ours = _under.Infer(output == OnnxOutput.Predict ? ProgramKind.Predict : ProgramKind.Forward, input);
                var theirs = Run(path, input, batch);
                var largest = ours.Max(Math.Abs);
                var difference = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
                Assert.True(
                    difference <= 1e-5 * largest,
                    $"{Info.Name}, {output}: {difference} apart, {difference / largest:E1} of the largest");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose() => _under.Dispose();

    private unsafe float[] Run(string path, float[] input, int batch)
    {
        var tensors = new List<OrtTensor>();
        using var result = new AlignedBuffer(batch * Info.OutputSize);
        try
        {
            var start = 0;
            foreach (var (name, shape) in InputNames.Zip(InputShapes))
            {
                int[] extents = [batch, .. shape];
                var buffer = new AlignedBuffer(extents.Aggregate((a, b) => a * b));
                tensors.Add(new(name, extents, buffer));
                input.AsSpan(start, buffer.Length).CopyTo(buffer.Span);
                start += buffer.Length;
            }

            using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
            using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* bytes = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
            try
            {
                ReadOnlySpan<byte> model = new(bytes, (int)new FileInfo(path).Length);
                using var session = new OrtSession(OnnxRuntime.Required(), model, threads: 1, [.. tensors], new("output", [batch, .. OutputShape], result));
                session.Run();
            }
            finally
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
            }

            return result.Span.ToArray();
        }
        finally
        {
            tensors.ForEach(tensor => tensor.Values.Dispose());
        }
    }

    /// <summary>
    /// Biases, scales and running statistics, which start as zeros and ones. Scales are less than one, so that deep networks of random
    /// weights do not grow without bound.
    /// </summary>
    private void DrawVectors(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Info.Parameters.Length; i++)
        {
            var view = _under.Core.Parameter(i);
            var (least, most) = view.Name[(view.Name.LastIndexOf('.') + 1)..] switch
            {
                "bias" or "running_mean" => (-0.2f, 0.2f),
                "running_var" => (0.5f, 2),
                _ when view.Shape.Length == 1 => (0.4f, 0.9f),
                _ => (0, 0),
            };
            if (most > 0)
            {
                view.CopyFrom([.. Enumerable.Range(0, view.Length).Select(_ => least + ((most - least) * random.NextSingle()))]);
            }
        }
    }

    private static IEnumerable<int[]> Shapes(Type type) =>
        type.Name.StartsWith("Inputs`", StringComparison.Ordinal) ? type.GetGenericArguments().Select(Extents) : [Extents(type)];

    /// <summary>A shape as it shows itself: 28×28×1.</summary>
    private static int[] Extents(Type shape) =>
        [.. ((string)shape.GetProperty("Text")!.GetValue(null)!).Split('×').Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
}
