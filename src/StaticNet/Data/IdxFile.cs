using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticNet.Execution;

/// <summary>An IDX file of bytes: two zeros, the type, the number of extents, each extent in 4 bytes, the values.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Extents">The slowest first.</param>
/// <param name="Data">The values.</param>
internal sealed record IdxFile(string Path, int[] Extents, byte[] Data)
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a whole file, plain or compressed.</summary>
    /// <exception cref="InvalidDataException">It is not as the format demands.</exception>
    public static IdxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = File.ReadAllBytes(path);
        if (bytes is [0x1F, 0x8B, ..])
        {
            bytes = Decompress(path, bytes);
        }

        if (bytes is not [0, 0, UnsignedByte, > 0, ..])
        {
            throw Wrong(path, "does not begin as an IDX file of bytes does (00 00 08 and the number of extents)");
        }

        var extents = new int[bytes[3]];
        var start = sizeof(int) * (1 + extents.Length);
        if (bytes.Length < start)
        {
            throw Wrong(path, $"ends within its header of {extents.Length} extents");
        }

        var length = 1L;
        for (var i = 0; i < extents.Length; i++)
        {
            extents[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(sizeof(int) * (1 + i)));
            if (extents[i] < 0 || (length *= extents[i]) > Array.MaxLength)
            {
                throw Wrong(path, $"announces impossible extents: {string.Join('×', extents[..(i + 1)])}");
            }
        }

        return length == bytes.Length - start
            ? new IdxFile(path, extents, bytes[start..])
            : throw Wrong(path, $"announces {string.Join('×', extents)} = {length} values but has {bytes.Length - start}");
    }

    /// <summary>An exception that says what this file has or does.</summary>
    public InvalidDataException Wrong(string what) => Wrong(Path, what);

    private static byte[] Decompress(string path, byte[] bytes)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        try
        {
            gzip.CopyTo(plain);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} is damaged: {e.Message}", e);
        }

        // A stream that ends too early is not noticed above; the last four bytes tell how long it should be.
        var trailer = bytes.AsSpan(Math.Max(0, bytes.Length - sizeof(uint)));
        return BinaryPrimitives.TryReadUInt32LittleEndian(trailer, out var length) && length == (uint)plain.Length
            ? plain.ToArray()
            : throw Wrong(path, "is compressed, and truncated");
    }

    private static InvalidDataException Wrong(string path, string what) => new($"{path} {what}.");
}
