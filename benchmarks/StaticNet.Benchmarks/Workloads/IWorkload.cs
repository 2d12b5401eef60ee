namespace StaticNet.Benchmarks.Workloads;

/// <summary>One of our networks, seen without its types so that one comparison serves them all.</summary>
internal interface IWorkload : IDisposable
{
    /// <summary>A copy of the parameters, layer by layer.</summary>
    IReadOnlyList<DenseParameters> Parameters { get; }

    /// <summary>Inference up to the logits, for as many rows as the spans hold.</summary>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Forward, backward, and a step of stochastic gradient descent with momentum.</summary>
    /// <returns>The loss.</returns>
    double TrainStep(TrainingBatch batch);
}
