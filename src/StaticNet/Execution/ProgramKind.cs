using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>The schedules that a generated network has.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ProgramKind
{
    /// <summary>Inference: the declared output.</summary>
    Forward,

    /// <summary>Inference: the declared output after the loss's link (softmax, sigmoid).</summary>
    Predict,

    /// <summary>Inference with loss: predictions and the weighted loss of every sample.</summary>
    Evaluate,

    /// <summary>Forward in training mode, loss, and the gradient of every parameter.</summary>
    Train,

    /// <summary>Forward in training mode, keeping what <see cref="Backward"/> needs.</summary>
    Record,

    /// <summary>From a given gradient of the output to the gradients of parameters and inputs, after <see cref="Record"/>.</summary>
    Backward,
}
