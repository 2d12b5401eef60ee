using System.Buffers.Binary;

namespace StaticNet;

/// <summary>Reads tensors of real numbers from a safetensors file.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="WeightFormatException">It is not as the format demands.</exception>
    public SafetensorsReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            Header = SafetensorsHeader.Read(_stream);
        }
        catch (WeightFormatException e)
        {
            _stream.Dispose();
            throw new WeightFormatException($"{path}: {e.Message}", e);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>What the file has.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Whether <see cref="Read"/> understands the elements of a tensor.</summary>
    public static bool IsReal(SafetensorsEntry entry) => entry.Type is "F32" or "F64" or "F16" or "BF16";

    /// <summary>The elements of a tensor as 32-bit floats, in order.</summary>
    public float[] Read(SafetensorsEntry entry)
    {
        var bytes = new byte[entry.End - entry.Begin];
        _stream.Position = Header.DataStart + entry.Begin;
        _stream.ReadExactly(bytes);
        return entry.Type switch
        {
            "F32" => Convert(bytes, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian),
            "F64" => Convert(bytes, sizeof(double), element => (float)BinaryPrimitives.ReadDoubleLittleEndian(element)),
            "F16" => Convert(bytes, sizeof(ushort), element => (float)BinaryPrimitives.ReadHalfLittleEndian(element)),
            "BF16" => Convert(
                bytes, sizeof(ushort), element => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16)),
            _ => throw new WeightFormatException($"Tensor '{entry.Name}' has elements of type {entry.Type}, which are no real numbers."),
        };
    }

    public void Dispose() => _stream.Dispose();

    private delegate float ElementReader(ReadOnlySpan<byte> element);

    private static float[] Convert(byte[] bytes, int size, ElementReader read)
    {
        var elements = new float[bytes.Length / size];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = read(bytes.AsSpan(i * size, size));
        }

        return elements;
    }
}
