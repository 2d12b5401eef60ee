namespace StaticNet.Execution;

/// <summary>The stages of augmented data, one after the other.</summary>
internal sealed class ImagePipeline(ImageStage[] stages)
{
    private readonly ImageStage[] _stages = stages;

    /// <summary>The size of stored images.</summary>
    public ImageSize From => _stages[0].From;

    /// <summary>How many stages there are.</summary>
    public int Count => _stages.Length;

    /// <summary>Floats that <see cref="Apply"/> needs to work in: two images between stages.</summary>
    public int ScratchFloats { get; } = 2 * stages.Max(stage => stage.To.Length);

    /// <summary>The stages with others behind them.</summary>
    public ImagePipeline Then(ImageStage[] others) => new([.. _stages, .. others]);

    /// <summary>Makes what a network sees of a stored image.</summary>
    /// <param name="source">The stored image.</param>
    /// <param name="destination">Gets the image after all stages.</param>
    /// <param name="scratch">At least <see cref="ScratchFloats"/>.</param>
    /// <param name="place">Where the image is stored in the data set.</param>
    /// <param name="round">Decides what is left to chance; null for evaluation, where nothing is.</param>
    public void Apply(ReadOnlySpan<float> source, Span<float> destination, Span<float> scratch, int place, AugmentationRound? round)
    {
        var half = scratch.Length / 2;
        for (var i = 0; i < _stages.Length; i++)
        {
            var stage = _stages[i];
            var target = i == _stages.Length - 1 ? destination : scratch.Slice(i % 2 * half, stage.To.Length);
            stage.Apply(source, target, round?.Draw(place, i));
            source = target;
        }
    }
}
