using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Xml;
using System.Xml.Linq;

namespace StaticNet.Tasks;

/// <summary>A tensor in a file: its name, element type, extents, and the range of its bytes in the file.</summary>
/// <param name="Layout">What the library wrote about its layout beyond its shape; null when it wrote nothing.</param>
internal sealed record FileTensor(string Name, string Type, int[] Shape, long Begin, long End, string? Layout);

/// <summary>
/// Reads a safetensors file (https://github.com/huggingface/safetensors): 8 bytes of length, a header in JSON, the data. The library has
/// a reader of its own, for the .NET that it runs on; a task must also run in the MSBuild of .NET Framework.
/// </summary>
internal static class SafetensorsFile
{
    private const long LongestHeader = 100_000_000;

    /// <summary>The tensors in the order of their data.</summary>
    /// <exception cref="InvalidDataException">The file is not as the format demands.</exception>
    public static IReadOnlyList<FileTensor> ReadHeader(Stream stream)
    {
        var size = stream.Length < sizeof(long) ? -1 : BitConverter.ToInt64(Read(stream, 0, sizeof(long)), 0);
        if (size < 0 || size > LongestHeader || size > stream.Length - sizeof(long))
        {
            throw new InvalidDataException("it has no header as its first 8 bytes announce it: it is truncated or no safetensors file");
        }

        var start = sizeof(long) + size;
        FileTensor[] tensors;
        try
        {
            using var json = JsonReaderWriterFactory.CreateJsonReader(Read(stream, sizeof(long), (int)size), XmlDictionaryReaderQuotas.Max);
            var items = XElement.Load(json).Elements().ToLookup(item => NameOf(item) == "__metadata__");
            var layouts = items[true].Elements().Where(item => NameOf(item).StartsWith("layout:", StringComparison.Ordinal)).ToDictionary(item => NameOf(item).Substring("layout:".Length), item => item.Value);
            tensors = [.. items[false].Select(item => Tensor(item, start, layouts)).OrderBy(t => t.Begin).ThenBy(t => t.End)];
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            // Where brackets do not match, the reader of JSON leaves its array.
            throw new InvalidDataException($"its header is not as it should be: {e.Message}", e);
        }

        var position = start;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != position)
            {
                throw new InvalidDataException($"'{tensor.Name}' does not begin where the tensor before it ends");
            }

            position = tensor.End;
        }

        return position != stream.Length ? throw new InvalidDataException("its tensors do not end where the file ends: it is truncated or has more appended")
            : tensors.Select(tensor => tensor.Name).Distinct().Count() < tensors.Length ? throw new InvalidDataException("two of its tensors have one name")
            : tensors;
    }

    /// <summary>Whether the elements are numbers that a network computes with.</summary>
    public static bool IsReal(FileTensor tensor) => tensor.Type is "F32" or "F64" or "F16" or "BF16";

    /// <summary>The elements of a tensor of real numbers, in float32.</summary>
    public static float[] ReadValues(Stream stream, FileTensor tensor)
    {
        var bytes = Read(stream, tensor.Begin, checked((int)(tensor.End - tensor.Begin)));
        var values = new float[tensor.Shape.Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = tensor.Type switch
            {
                "F32" => BitConverter.ToSingle(bytes, i * 4),
                "F64" => (float)BitConverter.ToDouble(bytes, i * 8),
                "BF16" => FromBits(BitConverter.ToUInt16(bytes, i * 2) << 16),
                _ => FromHalf(BitConverter.ToUInt16(bytes, i * 2)),
            };
        }

        return values;
    }

    /// <summary>IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction.</summary>
    internal static float FromHalf(ushort bits)
    {
        var (exponent, fraction) = ((bits >> 10) & 31, bits & 1023);
        var size = exponent switch
        {
            0 => fraction * (float)Math.Pow(2, -24),
            31 => fraction == 0 ? float.PositiveInfinity : float.NaN,
            _ => (1024 + fraction) * (float)Math.Pow(2, exponent - 25),
        };
        return (bits & 0x8000) == 0 ? size : -size;
    }

    private static float FromBits(int bits) => BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);

    private static byte[] Read(Stream stream, long position, int count)
    {
        var bytes = new byte[count];
        stream.Position = position;
        for (var read = 0; read < count;)
        {
            var now = stream.Read(bytes, read, count - read);
            read += now > 0 ? now : throw new EndOfStreamException("it ended while it was read");
        }

        return bytes;
    }

    private static FileTensor Tensor(XElement item, long start, Dictionary<string, string> layouts)
    {
        var name = NameOf(item);
        var parts = item.Elements().ToDictionary(NameOf);
        if (!parts.TryGetValue("dtype", out var type) || !parts.TryGetValue("shape", out var shape) || !parts.TryGetValue("data_offsets", out var offsets)
            || Integers(offsets) is not { Count: 2 } range)
        {
            throw new FormatException($"'{name}' needs a dtype, a shape and two data_offsets");
        }

        var (begin, end) = (range[0], range[1]);
        int[] extents = [.. Integers(shape).Select(extent => checked((int)extent))];
        var size = type.Value switch { "F64" or "I64" or "U64" => 8, "F32" or "I32" or "U32" => 4, "F16" or "BF16" or "I16" or "U16" => 2, _ => 1 };
        return begin >= 0 && end - begin == extents.Aggregate((long)size, (bytes, extent) => checked(bytes * extent))
            ? new FileTensor(name, type.Value, extents, start + begin, start + end, layouts.TryGetValue(name, out var layout) ? layout : null)
            : throw new FormatException($"'{name}' has another number of bytes than its shape needs");
    }

    /// <summary>A key of JSON that is no name in XML stands in an attribute.</summary>
    private static string NameOf(XElement item) => item.Attribute("item")?.Value ?? item.Name.LocalName;

    private static List<long> Integers(XElement list) => [.. list.Elements().Select(item => long.Parse(item.Value, NumberStyles.None, CultureInfo.InvariantCulture))];
}
