namespace StaticNet.Execution;

/// <summary>Brings each channel to another scale: x ← (x − mean) / deviation.</summary>
internal sealed class NormalizeStage(ImageSize size, float[] means, float[] inverses) : ImageStage(size, size)
{
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, StageDraw? draw)
    {
        for (var i = 0; i < source.Length;)
        {
            for (var channel = 0; channel < means.Length; channel++, i++)
            {
                destination[i] = (source[i] - means[channel]) * inverses[channel];
            }
        }
    }
}
