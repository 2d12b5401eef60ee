namespace StaticNet.Execution;

/// <summary>
/// Turns an image about its middle, by any angle. Values between pixels are bilinear: of the four pixels around, weighed by nearness.
/// </summary>
internal sealed class RotateStage(ImageSize size, double degrees, float fill) : ImageStage(size, size)
{
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, StageDraw? draw)
    {
        if (draw is not { } chance)
        {
            source.CopyTo(destination);
            return;
        }

        var halfTurns = degrees * ((2 * chance.Uniform) - 1) / 180;
        var (cos, sin) = (PortableMath.CosPi(halfTurns), PortableMath.CosPi(0.5 - halfTurns));
        var (middleY, middleX) = ((From.Height - 1) / 2.0, (From.Width - 1) / 2.0);
        for (var y = 0; y < From.Height; y++)
        {
            for (var x = 0; x < From.Width; x++, destination = destination[From.Channels..])
            {
                var (down, right) = (y - middleY, x - middleX);
                Sample(source, destination, middleY + (cos * down) + (sin * right), middleX + (cos * right) - (sin * down));
            }
        }
    }

    private void Sample(ReadOnlySpan<float> source, Span<float> pixel, double y, double x)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var (below, beside) = ((float)(y - top), (float)(x - left));
        for (var channel = 0; channel < From.Channels; channel++)
        {
            var upper = Between(At(source, top, left, channel), At(source, top, left + 1, channel), beside);
            var lower = Between(At(source, top + 1, left, channel), At(source, top + 1, left + 1, channel), beside);
            pixel[channel] = Between(upper, lower, below);
        }
    }

    private float At(ReadOnlySpan<float> source, int y, int x, int channel) =>
        (uint)y < (uint)From.Height && (uint)x < (uint)From.Width ? source[(y * From.RowLength) + (x * From.Channels) + channel] : fill;

    private static float Between(float from, float to, float weight) => from + ((to - from) * weight);
}
