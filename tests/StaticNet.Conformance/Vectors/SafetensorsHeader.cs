using System.Buffers.Binary;
using System.Text.Json;

namespace StaticNet.Conformance;

/// <summary>Where a tensor lies in a file's data.</summary>
internal readonly record struct StoredTensor(string Type, int[] Shape, Range Bytes);

/// <summary>A strict reader of safetensors, apart from the library's own so that neither can hide a mistake of the other.</summary>
/// <remarks>Layout: 64-bit header length, JSON header, data without holes or trailing bytes
/// (https://github.com/huggingface/safetensors#format).</remarks>
internal static class SafetensorsHeader
{
    private static readonly Dictionary<string, int> Widths = new() { ["F64"] = 8, ["I64"] = 8, ["F32"] = 4 };

    public static (Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Metadata, byte[] Data) Read(
        string name, byte[] file)
    {
        if (file.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length > (ulong)file.Length - 8)
            throw new InvalidDataException($"{name}: the header is cut off.");
        var data = file[(8 + (int)length)..];
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var header = JsonDocument.Parse(file.AsMemory(8, (int)length));
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__"))
                    foreach (var pair in entry.Value.EnumerateObject())
                        metadata.Add(pair.Name, pair.Value.GetString()!);
                else
                    tensors.Add(entry.Name, ReadEntry(entry.Value));
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"{name}: the header is malformed: {error.Message}", error);
        }
        CheckRanges(name, tensors, data.Length);
        return (tensors, metadata, data);
    }

    private static StoredTensor ReadEntry(JsonElement entry)
    {
        var offsets = entry.GetProperty("data_offsets");
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        return new(entry.GetProperty("dtype").GetString()!, shape, offsets[0].GetInt32()..offsets[1].GetInt32());
    }

    private static void CheckRanges(string name, Dictionary<string, StoredTensor> tensors, int length)
    {
        var end = 0;
        foreach (var (tensorName, tensor) in tensors.OrderBy(pair => pair.Value.Bytes.Start.Value))
        {
            if (!Widths.TryGetValue(tensor.Type, out var width))
                throw new InvalidDataException($"{name}: '{tensorName}' has the unknown type {tensor.Type}.");
            var size = tensor.Shape.Aggregate((long)width, (size, extent) => checked(size * extent));
            if (tensor.Bytes.Start.Value != end || tensor.Bytes.End.Value - (long)end != size)
                throw new InvalidDataException($"{name}: '{tensorName}' does not lie where its shape and the tensors before it say.");
            end = tensor.Bytes.End.Value;
        }
        if (end != length)
            throw new InvalidDataException($"{name}: the data has {length} bytes, the tensors {end}.");
    }
}
