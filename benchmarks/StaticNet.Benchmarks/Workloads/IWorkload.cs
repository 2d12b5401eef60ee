using StaticNet.Execution;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>One of our networks, seen without its types so that one comparison serves them all.</summary>
internal interface IWorkload : IDisposable
{
    /// <summary>The network's class.</summary>
    string Name { get; }

    /// <summary>A copy of the parameters and of the running statistics, in the order of the layers.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Multiply-adds of one sample's forward pass, as the network's own summary has them.</summary>
    long MultiplyAdds { get; }

    /// <summary>
    /// Draws biases, normalisations and running statistics anew. They begin as zeros and ones, with which an implementation that
    /// forgets them would agree.
    /// </summary>
    void Disturb(Random random);

    /// <summary>What the last call computed in, and with which program.</summary>
    Workspace Workspace(Mode mode);

    /// <summary>Moves the network.</summary>
    void To(Device device);

    /// <summary>Inference up to the logits, for as many rows as the spans hold.</summary>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Forward, backward, and a step of stochastic gradient descent with momentum.</summary>
    /// <returns>The loss.</returns>
    double TrainStep(TrainingBatch batch);

    /// <summary>More steps on the batch of the last one, on a GPU that still has it; waits for the last.</summary>
    /// <returns>The loss of the last step.</returns>
    double RepeatSteps(int count);

    /// <summary>The time of runs of <see cref="Forward"/> on a GPU without copies, after as many <paramref name="before"/> the clock starts.</summary>
    TimeSpan TimeForward(ReadOnlySpan<float> input, Span<float> output, int before, int runs);
}
