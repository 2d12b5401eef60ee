using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticNet.Samples.Tests;

/// <summary>A folder with the first digits of MNIST: enough to learn from, few enough for tests.</summary>
public sealed class DigitFiles : IDisposable
{
    public const int Training = 4000;
    public const int Testing = 1000;

    public DigitFiles()
    {
        Folder = Directory.CreateTempSubdirectory("staticnet").FullName;
        foreach (var (part, count) in new[] { ("train", Training), ("t10k", Testing) })
        {
            // Images stay compressed, labels do not: both can be read.
            using (var images = new GZipStream(File.Create(Path.Combine(Folder, $"{part}-images-idx3-ubyte.gz")), CompressionLevel.Fastest))
            {
                images.Write(First($"{part}-images-idx3-ubyte.gz", count, headerBytes: 16, sampleBytes: 784));
            }

            File.WriteAllBytes(
                Path.Combine(Folder, $"{part}-labels-idx1-ubyte"),
                First($"{part}-labels-idx1-ubyte.gz", count, headerBytes: 8, sampleBytes: 1));
        }
    }

    public string Folder { get; }

    public string this[string file] => Path.Combine(Folder, file);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The first samples of a file of the MNIST sample, as a file of their own.</summary>
    public static byte[] First(string file, int count, int headerBytes, int sampleBytes)
    {
        using var stream = new GZipStream(File.OpenRead(Sample.File("Mnist", "data", file)), CompressionMode.Decompress);
        var bytes = new byte[headerBytes + (count * sampleBytes)];
        stream.ReadExactly(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), count);
        return bytes;
    }
}
