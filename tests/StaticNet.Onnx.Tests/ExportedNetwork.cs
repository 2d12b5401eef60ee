using System.Globalization;
using System.Reflection;
using StaticNet.Conformance;
using StaticNet.Execution;
using StaticNet.Tests;

namespace StaticNet.Onnx.Tests;

/// <summary>A network of a generated class, to be exported and compared with what ONNX Runtime makes of the file.</summary>
internal sealed class ExportedNetwork : IDisposable
{
    /// <summary>Files of more parameters may be more than a file system in memory takes.</summary>
    private const int MostInMemory = 1_000_000;

    private readonly object _network;
    private readonly MethodInfo _saveOnnx;
    private readonly NetworkUnderTest _under;
    private readonly int[][] _inputs;
    private readonly int[] _output;

    public ExportedNetwork(Type type, int seed = 1)
    {
        _network = Activator.CreateInstance(type, seed, null)!;
        _saveOnnx = type.GetMethod("SaveOnnx")!;
        var face = type.GetInterfaces().Single(i => i.Name == "INetwork`2");
        _under = new((NetworkCore)face.GetProperty("Core")!.GetValue(_network)!);
        ParameterDraw.Vectors(_under.Core, new(seed));
        var (input, output) = (face.GetGenericArguments()[0], face.GetGenericArguments()[1]);
        _inputs = [.. (input.Name.StartsWith("Inputs`", StringComparison.Ordinal) ? input.GetGenericArguments() : [input]).Select(Extents)];
        _output = Extents(output);
    }

    /// <summary>Exports the network by its public method, runs the file and compares: within 10⁻⁵ of the largest number.</summary>
    public void AssertAgrees(OnnxOutput output, int batch)
    {
        var (info, samples) = (_under.Info, Samples.Inputs(_under.Info, batch));
        using var folder = new TemporaryFolder(inMemory: info.ParameterFloats < MostInMemory);
        var path = folder["network.onnx"];
        _saveOnnx.Invoke(_network, BindingFlags.DoNotWrapExceptions, null, [path, output], CultureInfo.InvariantCulture);
        var ours = _under.Infer(output == OnnxOutput.Predict ? ProgramKind.Predict : ProgramKind.Forward, samples);

        // The inputs come first in the summary.
        var theirs = OnnxRuntime.Run(path, [.. _inputs.Zip(info.Layers, (shape, layer) => (layer.Name, shape))], samples, _output, batch);
        OnnxRuntime.AssertAgrees($"{info.Name}, {output}", Array.ConvertAll(ours, value => (double)value), theirs);
    }

    public void Dispose() => _under.Dispose();

    /// <summary>A shape as it shows itself: 28×28×1.</summary>
    private static int[] Extents(Type shape) =>
        [.. ((string)shape.GetProperty("Text")!.GetValue(null)!).Split('×').Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
}
