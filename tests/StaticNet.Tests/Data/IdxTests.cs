using System.IO.Compression;

namespace StaticNet.Tests.Data;

public class IdxTests
{
    private static readonly byte[] s_images = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, 102, 153, 204, 255];
    private static readonly byte[] s_labels = [0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read(bool compressed)
    {
        using var folder = new TemporaryFolder();
        var images = folder.Write("images", compressed ? Compress(s_images) : s_images);
        var labels = folder.Write("labels", s_labels);

        var data = Idx.Load<Shape<N1, N2>, ClassIndex<N3>>(images, labels);

        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], data.Inputs);
        Assert.Equal([2, 0, 1], (int[])data.Targets);
        var autoencoder = Idx.Load<Shape<N2>>(images);
        Assert.Same(autoencoder.Inputs, autoencoder.Targets);
    }

    [Fact]
    public void Defects_are_named()
    {
        using var folder = new TemporaryFolder();
        var labels = folder.Write("labels", s_labels);
        Check(folder.Write("1", s_images[..^1]), labels, "announces 3×1×2 = 6 values but has 5");
        Check(folder.Write("2", [.. s_images, 0]), labels, "has 7");
        Check(folder.Write("3", s_images[..9]), labels, "ends within its header");
        Check(folder.Write("4", s_images[1..]), labels, "does not begin as an IDX file");
        Check(folder.Write("5", []), labels, "does not begin as an IDX file");
        Check(folder.Write("6", Compress(s_images)[..^1]), labels, "compressed, and truncated");
        Check(folder.Write("6", Compress(s_images)[..^9]), labels, "compressed, and truncated");
        Check(folder.Write("6", [0x1F, 0x8B]), labels, "compressed, and truncated");
        Check(folder.Write("6", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]), labels, "is damaged");
        Check(folder.Write("7", [0, 0, 8, 3, 0xFF, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]), labels, "impossible extents");
        Check(folder.Write("8", [0, 0, 8, 3, 0x7F, 0, 0, 0, 0x7F, 0, 0, 1, 0, 0, 0, 1]), labels, "impossible extents");
        Check(folder.Write("9", [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3]), labels, "samples of 1×1, but the network takes 1×2");
        var images = folder.Write("images", s_images);
        Check(images, images, "3 extents, but labels have one");
        Check(images, folder.Write("10", [0, 0, 8, 1, 0, 0, 0, 2, 0, 1]), "has 2 labels");
        Check(images, folder.Write("11", [0, 0, 8, 1, 0, 0, 0, 3, 0, 3, 1]), "label 3 for sample 1, but classes are 0 to 2");
        Assert.Throws<FileNotFoundException>(() => Idx.Load<Shape<N2>>(folder["none"]));
        Assert.Throws<ArgumentException>(() => Idx.Load<Shape<N2>, Shape<N3>>(images, labels));

        static void Check(string images, string labels, string message)
        {
            var error = Assert.Throws<InvalidDataException>(() => Idx.Load<Shape<N1, N2>, ClassIndex<N3>>(images, labels));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
