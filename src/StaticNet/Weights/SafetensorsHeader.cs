using System.Buffers.Binary;
using System.Text.Json;

namespace StaticNet;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its key in the header.</param>
/// <param name="Type">Its element type, as written.</param>
/// <param name="Shape">Its extents; empty for a scalar.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End);

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Entries">The tensors in the order of their data.</param>
/// <param name="Metadata">Strings that came with them.</param>
/// <param name="DataStart">Where the data begins in the file.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    private const long LongestHeader = 100_000_000;

    /// <summary>Bytes of data.</summary>
    public long DataLength => Entries.Count == 0 ? 0 : Entries[^1].End;

    /// <summary>Reads the header from the start of a stream and checks it against the stream's length.</summary>
    /// <exception cref="WeightFormatException">Something in it is not as the format demands.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            throw new WeightFormatException("The file ends before its first 8 bytes, so it is no safetensors file.");
        }

        var size = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (size > LongestHeader || (long)size > stream.Length - sizeof(ulong))
        {
            throw new WeightFormatException(
                $"The file announces a header of {size} bytes, but {Math.Min(LongestHeader, stream.Length - sizeof(ulong))} is the most it "
                + "can have: it is truncated or no safetensors file.");
        }

        var header = new byte[size];
        stream.ReadExactly(header);
        var start = sizeof(ulong) + (long)size;
        try
        {
            using var json = JsonDocument.Parse(header);
            var (entries, metadata) = Parse(json.RootElement);
            CheckRanges(entries, stream.Length - start);
            return new SafetensorsHeader(entries, metadata, start);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The parser leaves it to whoever asks for a string to find that it is no valid text.
            throw new WeightFormatException($"The header is no valid JSON, so this is no safetensors file: {e.Message}", e);
        }
    }

    private static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new WeightFormatException("The header is no JSON object.");
        }

        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        var names = new HashSet<string>();
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new WeightFormatException($"The header has '{property.Name}' twice.");
            }

            if (property.Name != "__metadata__")
            {
                entries.Add(ParseEntry(property.Name, property.Value));
                continue;
            }

            foreach (var pair in Object(property.Value, property.Name).EnumerateObject())
            {
                metadata[pair.Name] = Text(pair.Value, pair.Name);
            }
        }

        entries.Sort((x, y) => (x.Begin, x.End).CompareTo((y.Begin, y.End)));
        return (entries, metadata);
    }

    private static SafetensorsEntry ParseEntry(string name, JsonElement value)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (var property in Object(value, name).EnumerateObject())
        {
            switch (property.Name)
            {
                case "dtype": type = Text(property.Value, name); break;
                case "shape": shape = Integers(property.Value, name); break;
                case "data_offsets": offsets = Integers(property.Value, name); break;
                default: throw new WeightFormatException($"Tensor '{name}' has an unknown property '{property.Name}'.");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
        {
            throw new WeightFormatException($"Tensor '{name}' needs a dtype, a shape and two data_offsets.");
        }

        CheckSize(name, type, shape, begin, end);
        return new SafetensorsEntry(name, type, shape, begin, end);
    }

    private static void CheckSize(string name, string type, long[] shape, long begin, long end)
    {
        try
        {
            var bytes = checked(shape.Aggregate(1L, (size, extent) => checked(size * extent)) * BytesOf(type, name));
            if (end - begin != bytes)
            {
                throw new WeightFormatException(
                    $"Tensor '{name}', {type} [{string.Join(", ", shape)}], needs {bytes} bytes but has {end - begin}.");
            }
        }
        catch (OverflowException e)
        {
            throw new WeightFormatException($"Tensor '{name}' of shape [{string.Join(", ", shape)}] is larger than any file.", e);
        }
    }

    private static void CheckRanges(List<SafetensorsEntry> entries, long dataLength)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != position)
            {
                throw new WeightFormatException(
                    $"Tensor '{entry.Name}' begins at byte {entry.Begin} of the data but the one before it ends at {position}.");
            }

            position = entry.End;
        }

        if (position != dataLength)
        {
            throw new WeightFormatException(
                $"The tensors take {position} bytes but the file has {dataLength} bytes of data: it is truncated or has more appended.");
        }
    }

    private static long BytesOf(string type, string name) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" => 1,
        "I16" or "U16" or "F16" or "BF16" => 2,
        "I32" or "U32" or "F32" => 4,
        "F64" or "I64" or "U64" => 8,
        _ => throw new WeightFormatException($"Tensor '{name}' has elements of type '{type}', which this version cannot read."),
    };

    private static JsonElement Object(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object
        ? value
        : throw new WeightFormatException($"'{name}' is no JSON object.");

    private static string Text(JsonElement value, string name) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new WeightFormatException($"'{name}' has a value that should be a string: {value}.");

    private static long[] Integers(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var integers = new List<long>();
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var integer) || integer < 0)
                {
                    throw new WeightFormatException($"Tensor '{name}' has {item} where a whole number from 0 on should be.");
                }

                integers.Add(integer);
            }

            return [.. integers];
        }

        throw new WeightFormatException($"Tensor '{name}' has no list of numbers where one should be: {value}.");
    }
}
