using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>A batch in the host's memory: what a program reads and where its results are to go; zero for what there is not.</summary>
/// <param name="Batch">Samples.</param>
/// <param name="Inputs">The inputs.</param>
internal readonly record struct HostBatch(int Batch, InputAddresses Inputs)
{
    /// <summary>Class indices or vectors.</summary>
    public nint Target { get; init; }

    /// <summary>The weight of each sample in the loss; zero for one over the batch size.</summary>
    public nint SampleWeights { get; init; }

    /// <summary>The gradient of the output.</summary>
    public nint OutputGradient { get; init; }

    /// <summary>Where the output or the predictions go.</summary>
    public nint Output { get; init; }

    /// <summary>Where the weighted loss of each sample goes.</summary>
    public nint Losses { get; init; }

    /// <summary>Where the gradients of the inputs go.</summary>
    public InputAddresses InputGradients { get; init; }

    /// <summary>Some of the samples.</summary>
    public HostBatch Part(NetworkInfo info, int first, int count)
    {
        return new HostBatch(count, Inputs.From(info, first))
        {
            Target = From(Target, info.TargetSize),
            SampleWeights = From(SampleWeights, 1),
            OutputGradient = From(OutputGradient, info.OutputSize),
            Output = From(Output, info.OutputSize),
            Losses = From(Losses, 1),
            InputGradients = InputGradients.From(info, first),
        };

        nint From(nint address, int size) => address == 0 ? 0 : address + (nint)((long)first * size * sizeof(float));
    }
}
