using StaticNet;

namespace FashionMnistSample;

/// <summary>
/// Fashion-MNIST, ten kinds of clothes by Xiao, Rasul and Vollgraf (https://arxiv.org/abs/1708.07747): 60,000 images to learn from and
/// 10,000 to test with, 28×28 pixels from 0 to 1.
/// </summary>
internal static class FashionMnist
{
    /// <summary>Where Debian's package <c>dataset-fashion-mnist</c> puts the files.</summary>
    public const string Installed = "/usr/share/datasets/fashion-mnist";

    /// <summary>What the classes are called, by index.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>Reads the four files.</summary>
    /// <param name="directory">Where they are.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or has images or labels of another kind.</exception>
    public static (Dataset<Image, Clothes> Train, Dataset<Image, Clothes> Test) Load(string directory) =>
        (Load(directory, "train"), Load(directory, "t10k"));

    private static Dataset<Image, Clothes> Load(string directory, string part)
    {
        var images = Find(directory, $"{part}-images-idx3-ubyte.gz");
        var data = Idx.Load<Image, Clothes>(images, Find(directory, $"{part}-labels-idx1-ubyte.gz"));
        return data.Count > 1 ? data : throw new InvalidDataException($"{images} has {data.Count} images: too few.");
    }

    private static string Find(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"""
            There is no {name} in {Path.GetFullPath(directory)}.
            Install Fashion-MNIST with 'sudo apt install dataset-fashion-mnist' on Debian or Ubuntu, or get its four files from
            https://github.com/zalandoresearch/fashion-mnist and say with --data where they are.
            """);
    }
}
