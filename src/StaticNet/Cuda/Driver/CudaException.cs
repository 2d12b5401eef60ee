namespace StaticNet;

/// <summary>Something that was asked of a GPU failed, or there is none.</summary>
public sealed class CudaException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public CudaException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What failed, and what to do.</param>
    public CudaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that another one led to.</summary>
    /// <param name="message">What failed, and what to do.</param>
    /// <param name="innerException">What led to it.</param>
    public CudaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The driver's name of the error, such as <c>CUDA_ERROR_OUT_OF_MEMORY</c>; null when it was not the driver that refused.</summary>
    public string? Error { get; init; }

    /// <summary>The layer whose kernel failed, in the words of the declaration; null when no kernel did, or it is not known which.</summary>
    public string? Layer { get; init; }
}
