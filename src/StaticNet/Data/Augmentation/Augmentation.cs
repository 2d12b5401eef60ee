using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// What happens to images between a data set and the network, stage by stage:
/// <c>train.Augment(images => images.RandomShift(2).RandomHorizontalFlip())</c>.
/// </summary>
/// <remarks>
/// Training sees an image changed anew in each epoch, by random numbers that depend on the seed, the epoch and the image alone: on no
/// number of threads, no batch, and no interruption that a checkpoint ends. Evaluation and validation leave nothing to chance: there
/// shifts, flips and rotations do nothing, and a crop takes the middle.
/// </remarks>
/// <typeparam name="THeight">Rows of pixels after the stages so far.</typeparam>
/// <typeparam name="TWidth">Columns of pixels after the stages so far.</typeparam>
/// <typeparam name="TChannels">Values of a pixel; they lie side by side.</typeparam>
public sealed class Augmentation<THeight, TWidth, TChannels>
    where THeight : IDimension
    where TWidth : IDimension
    where TChannels : IDimension
{
    private static readonly ImageSize s_size = new(THeight.Size, TWidth.Size, TChannels.Size);

    internal Augmentation(ImageStage[] stages) => Stages = stages;

    internal ImageStage[] Stages { get; }

    /// <summary>Moves the image by up to so many pixels up or down, and left or right.</summary>
    /// <param name="pixels">The most; each whole number up to it is as likely, in both directions of both axes.</param>
    /// <param name="fill">What comes in at the borders.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or no less than the image's extents; a fill that is not finite.</exception>
    public Augmentation<THeight, TWidth, TChannels> RandomShift(int pixels, double fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pixels, Math.Min(s_size.Height, s_size.Width));
        return Then(new ShiftStage(s_size, pixels, Require.Finite(fill, nameof(fill))));
    }

    /// <summary>Exchanges left and right.</summary>
    /// <param name="probability">How often.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public Augmentation<THeight, TWidth, TChannels> RandomHorizontalFlip(double probability = 0.5) =>
        Then(new FlipStage(s_size, horizontal: true, Require.Probability(probability, nameof(probability))));

    /// <summary>Exchanges top and bottom.</summary>
    /// <param name="probability">How often.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public Augmentation<THeight, TWidth, TChannels> RandomVerticalFlip(double probability = 0.5) =>
        Then(new FlipStage(s_size, horizontal: false, Require.Probability(probability, nameof(probability))));

    /// <summary>Turns the image about its middle; values between pixels are bilinear.</summary>
    /// <param name="degrees">The most, either way; every angle up to it is as likely.</param>
    /// <param name="fill">What comes in at the corners.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, more than 180, or not finite.</exception>
    public Augmentation<THeight, TWidth, TChannels> RandomRotation(double degrees, double fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Require.NonNegative(degrees, nameof(degrees)), 180);
        return Then(new RotateStage(s_size, degrees, Require.Finite(fill, nameof(fill))));
    }

    /// <summary>Cuts a smaller image out, anywhere in training, from the middle in evaluation.</summary>
    /// <typeparam name="TNewHeight">Rows that remain.</typeparam>
    /// <typeparam name="TNewWidth">Columns that remain.</typeparam>
    /// <exception cref="InvalidOperationException">More would remain than there is.</exception>
    public Augmentation<TNewHeight, TNewWidth, TChannels> RandomCrop<TNewHeight, TNewWidth>()
        where TNewHeight : IDimension
        where TNewWidth : IDimension
    {
        var size = new ImageSize(TNewHeight.Size, TNewWidth.Size, TChannels.Size);
        return size.Height <= s_size.Height && size.Width <= s_size.Width
            ? new([.. Stages, new CropStage(s_size, size)])
            : throw new InvalidOperationException($"{size} cannot be cropped out of {s_size}.");
    }

    /// <summary>Brings each channel to another scale, in training and in evaluation: x ← (x − mean) / deviation.</summary>
    /// <param name="means">One for each channel, as <see cref="AugmentationExtensions.ChannelStatistics"/> gives them.</param>
    /// <param name="deviations">One for each channel.</param>
    /// <exception cref="ArgumentException">There are not as many as channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A mean is not finite, or a deviation no finite number above zero.</exception>
    public Augmentation<THeight, TWidth, TChannels> Normalize(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        if (means.Length != s_size.Channels || deviations.Length != s_size.Channels)
        {
            throw new ArgumentException(
                $"There are {means.Length} means and {deviations.Length} deviations for the {s_size.Channels} channels of {s_size}.");
        }

        var (offsets, factors) = (new float[means.Length], new float[means.Length]);
        for (var i = 0; i < means.Length; i++)
        {
            offsets[i] = Require.Finite(means[i], nameof(means));
            factors[i] = (float)(1 / Require.Positive(deviations[i], nameof(deviations)));
        }

        return Then(new NormalizeStage(s_size, offsets, factors));
    }

    private Augmentation<THeight, TWidth, TChannels> Then(ImageStage stage) => new([.. Stages, stage]);
}
