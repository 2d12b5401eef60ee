using StaticNet;

namespace MnistSample;

/// <summary>
/// The handwritten digits of LeCun, Cortes and Burges: 60,000 to learn from and 10,000 to test with, 28×28 pixels from 0 to 1.
/// </summary>
internal static class Mnist
{
    /// <summary>The digits that come with this program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Reads the four files of MNIST, or of another data set in its format such as Fashion-MNIST, compressed or not.</summary>
    /// <param name="directory">Where they are.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or has images or labels of another kind.</exception>
    public static (Dataset<Image, Digit> Train, Dataset<Image, Digit> Test) Load(string directory) =>
        (Load(directory, "train"), Load(directory, "t10k"));

    private static Dataset<Image, Digit> Load(string directory, string part)
    {
        var images = Find(directory, $"{part}-images-idx3-ubyte");
        var data = Idx.Load<Image, Digit>(images, Find(directory, $"{part}-labels-idx1-ubyte"));
        return data.Count > 0 ? data : throw new InvalidDataException($"{images} has no images.");
    }

    private static string Find(string directory, string name)
    {
        var plain = Path.Combine(directory, name);
        var compressed = $"{plain}.gz";
        return File.Exists(compressed) ? compressed
            : File.Exists(plain) ? plain
            : throw new FileNotFoundException($"There is no {name}.gz, nor {name}, in {Path.GetFullPath(directory)}.");
    }
}
