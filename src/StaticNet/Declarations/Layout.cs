namespace StaticNet;

/// <summary>The order of the axes of an image where it is given.</summary>
public enum Layout
{
    /// <summary>Height, width, channels.</summary>
    HWC,

    /// <summary>Channels, height, width, as in PyTorch.</summary>
    CHW,
}
