using System.Globalization;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Peers.OnnxRuntime;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads.Networks;

namespace StaticNet.Benchmarks.Pruned;

/// <summary>A frozen network of mostly zeros beside the same weights in our own dense network, and in ONNX Runtime; one thread.</summary>
internal static class PrunedCommand
{
    public const string Usage = "pruned [--make FILE]";

    private const int Inputs = 784;
    private const int Outputs = 10;
    private const double ShareOfZeros = 0.9;

    /// <summary>Of the largest output: sums are in another order.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Writes the weights that are part of this program: as a new network has them, the smallest of each matrix zero.</summary>
    public static int Make(string path)
    {
        using var network = new Mlp784x128x10(seed: 1);
        foreach (var weights in (ParameterView[])[network.Dense1.Weight, network.Dense2.Weight])
        {
            var values = new float[weights.Length];
            weights.CopyTo(values);
            var least = values.Select(Math.Abs).Order().ElementAt((int)(ShareOfZeros * values.Length));
            weights.CopyFrom([.. values.Select(value => Math.Abs(value) < least ? 0 : value)]);
        }

        network.Save(path);
        return 0;
    }

    /// <param name="weights">The file that is part of this program.</param>
    public static int Run(string weights)
    {
        using var dense = new Mlp784x128x10 { Threads = 1 };
        dense.Load(weights);
        using var frozen = new PrunedMlp { Threads = 1 };
        var library = OrtLibrary.TryLoad(PeerSetup.OnnxRuntimeLibrary);
        if (library is null)
        {
            Console.Error.WriteLine(PeerSetup.Missing("ONNX Runtime", "onnxruntime"));
        }

        var agrees = true;
        Console.WriteLine("| Batch | Frozen, µs | Dense, µs | Dense / frozen | ONNX Runtime, µs | ONNX Runtime / frozen | Largest difference |");
        Console.WriteLine("|------:|-----------:|----------:|---------------:|-----------------:|----------------------:|-------------------:|");
        foreach (var batch in (int[])[1, 32])
        {
            agrees &= Compare(frozen, dense, library, batch);
        }

        return agrees ? 0 : 1;
    }

    private static bool Compare(PrunedMlp frozen, Mlp784x128x10 dense, OrtLibrary? library, int batch)
    {
        using AlignedBuffer input = new(batch * Inputs), output = new(batch * Outputs), expected = new(batch * Outputs), peerOutput = new(batch * Outputs);
        input.FillUniform(new Random(2), 0, 1);
        var rounds = new PairedRounds(TimeSpan.FromSeconds(0.5), TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(2), settles: false);
        var ours = new CallSide(() => frozen.Forward(input.Span, output.Span));
        var toDense = rounds.Run(ours, new CallSide(() => dense.Forward(input.Span, expected.Span)));
        Measurement? toPeer = null;
        if (library is not null)
        {
            var model = Path.GetTempFileName();
            try
            {
                dense.SaveOnnx(model, OnnxOutput.Forward);
                using var session = new OrtSession(library, File.ReadAllBytes(model), 1, [new("input", [batch, Inputs], input)], new("output", [batch, Outputs], peerOutput));
                toPeer = rounds.Run(ours, new CallSide(session.Run));
            }
            finally
            {
                File.Delete(model);
            }
        }

        var largest = expected.Span.ToArray().Max(Math.Abs);
        var difference = output.Span.ToArray().Zip(expected.Span.ToArray(), (a, b) => Math.Abs(a - b)).Max() / largest;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {batch} | {toDense.OursMicroseconds:F2} | {toDense.PeerMicroseconds:F2} | {toDense.Ratio:F2} | {toPeer?.PeerMicroseconds:F2} | {toPeer?.Ratio:F2} | {difference:E1} |"));
        return difference <= Tolerance;
    }
}
