namespace StaticNet.Execution;

/// <summary>What data sets ask of the shapes of samples.</summary>
internal static class SampleShape
{
    /// <summary>Floats a sample of each input.</summary>
    public static int[] InputSizes<TInput>()
        where TInput : IShape => [TInput.Size];
}
