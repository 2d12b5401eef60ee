using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticNet.Tests.Visualization;

/// <summary>A PNG file, read by the book: signature, header, data, end, each with its checksum.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Pixels">The values, row after row.</param>
public sealed record PngFile(int Width, int Height, int Channels, byte[] Pixels)
{
    public byte this[int y, int x, int channel = 0] => Pixels[(((y * Width) + x) * Channels) + channel];

    public static PngFile Read(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var (header, position) = Chunk(file, 8, "IHDR");
        (var data, position) = Chunk(file, position, "IDAT");
        (var end, position) = Chunk(file, position, "IEND");
        Assert.Equal((13, 0, file.Length), (header.Length, end.Length, position));
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal([8, header[9], 0, 0, 0], header[8..]);
        var channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new InvalidDataException("neither grey nor colour") };

        using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        var row = new byte[1 + (width * channels)];
        var pixels = new List<byte>();
        for (var y = 0; y < height; y++)
        {
            stream.ReadExactly(row);
            Assert.Equal(0, row[0]);
            pixels.AddRange(row[1..]);
        }

        Assert.Equal(-1, stream.ReadByte());
        return new(width, height, channels, [.. pixels]);
    }

    private static (byte[] Data, int Next) Chunk(byte[] file, int start, string type)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(start));
        Assert.Equal(type, System.Text.Encoding.ASCII.GetString(file, start + 4, 4));
        var end = start + 8 + length;
        var sum = uint.MaxValue;
        foreach (var value in file[(start + 4)..end])
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
            }
        }

        Assert.Equal(~sum, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(end)));
        return (file[(start + 8)..end], end + 4);
    }
}
