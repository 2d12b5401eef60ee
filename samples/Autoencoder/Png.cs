using System.Buffers.Binary;
using System.IO.Compression;

namespace AutoencoderSample;

/// <summary>Writes grey images as PNG files, ISO/IEC 15948: a signature, then chunks of length, type, data and checksum.</summary>
internal static class Png
{
    private static readonly uint[] s_checksums = [.. Enumerable.Range(0, 256).Select(value => Checksum((uint)value))];

    /// <summary>Writes an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">Row after row, 0 for black to 255 for white.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, byte[] pixels, int width)
    {
        var height = pixels.Length / width;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a pixel; the bytes after it are zero: grey, deflate, filters by row, not interlaced

        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                deflate.WriteByte(0); // no filter
                deflate.Write(pixels, row * width, width);
            }
        }

        using var file = File.Create(path);
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, data.ToArray());
        WriteChunk(file, "IEND"u8, []);
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Checksum(Checksum(uint.MaxValue, type), data));
        file.Write(number);
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
