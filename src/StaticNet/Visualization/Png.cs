using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticNet.Execution;

/// <summary>Writes images as PNG files, ISO/IEC 15948: a signature, then chunks of length, type, data and checksum.</summary>
internal static class Png
{
    private const byte Grey = 0;
    private const byte Colour = 2;

    private static readonly uint[] s_checksums = [.. Enumerable.Range(0, 256).Select(value => Checksum((uint)value))];

    /// <summary>Writes an image.</summary>
    /// <param name="stream">Gets the file.</param>
    /// <param name="pixels">Row after row, 0 for black to 255 for white; of a colour image red, green and blue of a pixel side by side.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    public static void Write(Stream stream, byte[] pixels, int width, int channels)
    {
        var rowLength = width * channels;
        var height = pixels.Length / rowLength;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a value; the bytes after the next are zero: deflate, filters by row, not interlaced
        header[9] = channels == 1 ? Grey : Colour;

        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                deflate.WriteByte(0); // no filter
                deflate.Write(pixels, row * rowLength, rowLength);
            }
        }

        stream.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, data.ToArray());
        WriteChunk(stream, "IEND"u8, []);
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Checksum(Checksum(uint.MaxValue, type), data));
        stream.Write(number);
    }

    /// <summary>Goes on with a CRC-32 over some bytes.</summary>
    private static uint Checksum(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            sum = s_checksums[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return sum;
    }

    /// <summary>The CRC-32 of eight bits.</summary>
    private static uint Checksum(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
