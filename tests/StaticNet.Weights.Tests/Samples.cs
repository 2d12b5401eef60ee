using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using StaticNet.Execution;

namespace StaticNet.Weights.Tests;

/// <summary>What a network is to predict: the two tensors of a file that a script has made.</summary>
internal sealed record Samples(float[] Input, double[] Output)
{
    /// <summary>Predicts the samples of a file and compares.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file, without its extension.</param>
    /// <param name="tolerance">How far an output may be off for each unit of the largest.</param>
    public static void Compare<TInput, TOutput>(INetwork<TInput, TOutput> network, string path, double tolerance)
        where TInput : IShape
        where TOutput : IShape
    {
        var (input, expected) = Read($"{path}.samples.safetensors");
        var output = new float[expected.Length];
        network.Core.Infer(ProgramKind.Forward, input, output);
        var error = output.Zip(expected, (actual, wanted) => Math.Abs(actual - wanted)).Max() / expected.Max(Math.Abs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{network.Core.Info.Name}: {error:E1}");
        Assert.True(error <= tolerance, $"{network.Core.Info.Name}: outputs differ by {error:E1} of the largest.");
    }

    private static Samples Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        return new([.. Elements<float>("input")], [.. Elements<double>("output")]);

        ReadOnlySpan<T> Elements<T>(string name)
            where T : unmanaged
        {
            var offsets = header.RootElement.GetProperty(name).GetProperty("data_offsets");
            return MemoryMarshal.Cast<byte, T>(file.AsSpan((start + offsets[0].GetInt32())..(start + offsets[1].GetInt32())));
        }
    }
}
