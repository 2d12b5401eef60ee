namespace StaticNet.Execution;

/// <summary>The extents of an image, channels last.</summary>
internal readonly record struct ImageSize(int Height, int Width, int Channels)
{
    /// <summary>Floats of an image.</summary>
    public int Length => checked(Height * Width * Channels);

    /// <summary>Floats of a row.</summary>
    public int RowLength => Width * Channels;

    public override string ToString() => $"{Height}×{Width}×{Channels}";
}
