using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Reads data sets in the IDX format of LeCun's MNIST files, plain or compressed with gzip. Bytes become floats from 0 to 1.
/// </summary>
public static class Idx
{
    /// <summary>Loads images with labels.</summary>
    /// <typeparam name="TInput">The shape of an image; its size must be that of the file's.</typeparam>
    /// <typeparam name="TTarget">The classes.</typeparam>
    /// <param name="imagesPath">A file of bytes with two or more extents, the first counting the images.</param>
    /// <param name="labelsPath">A file of bytes with one extent.</param>
    /// <exception cref="InvalidDataException">
    /// A file is not as the format demands or is truncated, the images have another size, their number is not that of the labels, or a
    /// label is no class.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Dataset<TInput, TTarget> Load<TInput, TTarget>(string imagesPath, string labelsPath)
        where TInput : IShape
        where TTarget : ITarget
    {
        var images = IdxFile.Read(imagesPath);
        var labels = IdxFile.Read(labelsPath);
        var inputs = Inputs<TInput>(images);
        if (labels.Extents.Length != 1)
        {
            throw labels.Wrong($"has {labels.Extents.Length} extents, but labels have one");
        }

        if (labels.Extents[0] != images.Extents[0])
        {
            throw labels.Wrong($"has {labels.Extents[0]} labels, but {images.Path} has {images.Extents[0]} images");
        }

        if (TTarget.Classes == 0)
        {
            throw new ArgumentException(
                $"Labels are class indices, but the data set is to have targets of {TTarget.Text}. Load it with ClassIndex<…> and convert "
                + $"it, with {nameof(DatasetExtensions.OneHot)} for one.");
        }

        var wrong = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(TTarget.Classes - 1, byte.MaxValue));
        return wrong < 0
            ? new(inputs, Array.ConvertAll(labels.Data, label => (int)label))
            : throw labels.Wrong($"has label {labels.Data[wrong]} for sample {wrong}, but classes are 0 to {TTarget.Classes - 1}");
    }

    /// <summary>Loads images that are their own targets, for auto-encoders.</summary>
    /// <typeparam name="TInput">The shape of an image; its size must be that of the file's.</typeparam>
    /// <param name="imagesPath">A file of bytes with two or more extents, the first counting the images.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not as the format demands or is truncated, or the images have another size.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dataset<TInput, TInput> Load<TInput>(string imagesPath)
        where TInput : IShape => Dataset.Autoencoder<TInput>(Inputs<TInput>(IdxFile.Read(imagesPath)));

    private static float[] Inputs<TInput>(IdxFile images)
        where TInput : IShape
    {
        var size = images.Data.Length / Math.Max(1, images.Extents[0]);
        if (images.Extents.Length < 2 || size != TInput.Size)
        {
            throw images.Wrong($"has samples of {string.Join('×', images.Extents[1..])}, but the network takes {TInput.Text}");
        }

        return Array.ConvertAll(images.Data, value => value / 255f);
    }
}
