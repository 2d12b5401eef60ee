namespace StaticNet;

/// <summary>A weight file is damaged, of another kind, or of another network. The network that was to load it is unchanged.</summary>
public sealed class WeightFormatException : FormatException
{
    /// <summary>Says what is wrong.</summary>
    public WeightFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what found it.</summary>
    public WeightFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Nothing is known of what is wrong.</summary>
    public WeightFormatException()
        : base("The weight file is not valid.")
    {
    }

    /// <summary>What fits and what does not, when the file is valid but of another network; otherwise null.</summary>
    public LoadReport? Report { get; init; }
}
