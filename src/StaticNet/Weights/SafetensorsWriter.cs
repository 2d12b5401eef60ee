using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Writes the safetensors format: the length of a JSON header in 8 bytes, the header padded with spaces to a multiple of 8, then the
/// tensors, row-major, little-endian and without gaps.
/// </summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file; a failure leaves what was there.</summary>
    public static void Save(string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes the tensors in the order of their names.</summary>
    public static void Write(Stream stream, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        StoredTensor[] sorted = [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        var header = Header(sorted, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in sorted)
        {
            var columns = tensor.Layout.ColumnPositions();
            var elements = new float[columns.Length];
            for (var row = 0; row < tensor.Layout.Rows; row++)
            {
                tensor.CopyTo(row, columns, elements);
                ToLittleEndian(elements);
                stream.Write(MemoryMarshal.AsBytes<float>(elements));
            }
        }
    }

    private static byte[] Header(StoredTensor[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                WriteArray(json, "shape", Array.ConvertAll(tensor.Shape, extent => (long)extent));
                WriteArray(json, "data_offsets", [offset, offset += (long)tensor.Size * sizeof(float)]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, long[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void ToLittleEndian(Span<float> elements)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(elements);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
    }
}
