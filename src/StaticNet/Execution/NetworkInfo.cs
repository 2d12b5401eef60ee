using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>How a parameter starts; fans are the inputs and outputs of one unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum InitializerKind
{
    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All the same value.</summary>
    Constant,

    /// <summary>U(−a, a), a = √(6 / (fan in + fan out)). Glorot and Bengio, 2010.</summary>
    GlorotUniform,

    /// <summary>N(0, 2 / (fan in + fan out)). Glorot and Bengio, 2010.</summary>
    GlorotNormal,

    /// <summary>U(−a, a), a = √(6 / fan in). He et al., 2015.</summary>
    HeUniform,

    /// <summary>N(0, 2 / fan in). He et al., 2015.</summary>
    HeNormal,

    /// <summary>U(−a, a), a = √(3 / fan in). LeCun et al., 1998.</summary>
    LecunUniform,

    /// <summary>N(0, 1 / fan in). LeCun et al., 1998.</summary>
    LecunNormal,
}

/// <summary>One tensor of a network, trained or state: the generator writes one for each.</summary>
/// <param name="Name">As saved: <c>dense1.weight</c>.</param>
/// <param name="Shape">In PyTorch's order: [outputs, inputs] for a dense weight.</param>
/// <param name="Offset">Where its storage begins in the parameter arena, in floats; a multiple of 16.</param>
/// <param name="Layout">Where each element lies in its storage.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterInfo(string Name, int[] Shape, long Offset, ParameterLayout Layout)
{
    /// <summary>How it starts.</summary>
    public InitializerKind Initializer { get; init; }

    /// <summary>The value of <see cref="InitializerKind.Constant"/>.</summary>
    public double InitialValue { get; init; }

    /// <summary>Inputs of one unit.</summary>
    public int FanIn { get; init; } = 1;

    /// <summary>Outputs of one unit.</summary>
    public int FanOut { get; init; } = 1;

    /// <summary>λ of a penalty λ·Σ|w|.</summary>
    public double L1 { get; init; }

    /// <summary>λ of a penalty λ·Σw².</summary>
    public double L2 { get; init; }

    /// <summary>Whether training keeps it, as running statistics are, instead of changing it along a gradient.</summary>
    public bool IsState { get; init; }

    /// <summary>Elements, without padding.</summary>
    public int Size => Layout.Rows * Layout.Columns;
}

/// <summary>One row of a network's summary.</summary>
/// <param name="Name">Kind and ordinal, or the name given with <c>As</c>.</param>
/// <param name="Layer">The declaration: <c>Dense(128)</c>.</param>
/// <param name="Shape">The sample shape it gives: <c>28×28×1</c>.</param>
/// <param name="Parameters">Trained values.</param>
/// <param name="MultiplyAdds">Multiply-adds for one sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerInfo(string Name, string Layer, string Shape, long Parameters, long MultiplyAdds);

/// <summary>What the library knows of a generated network; one for each network class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NetworkInfo
{
    /// <summary>The class.</summary>
    public required string Name { get; init; }

    /// <summary>Floats a sample of each input.</summary>
    public required int[] InputSizes { get; init; }

    /// <summary>Floats a sample of the output.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Elements of 4 bytes a sample of the target; zero without a loss.</summary>
    public int TargetSize { get; init; }

    /// <summary>For class indices: how many classes; otherwise zero.</summary>
    public int Classes { get; init; }

    /// <summary>What the output means.</summary>
    public NetworkTask Task { get; init; }

    /// <summary>The fewest samples that a step can train on: 2 where a layer needs a variance over samples.</summary>
    public int MinimumTrainingBatch { get; init; } = 1;

    /// <summary>The tensors, in the order of the parameter arena.</summary>
    public required ParameterInfo[] Parameters { get; init; }

    /// <summary>The layers, inputs first.</summary>
    public required LayerInfo[] Layers { get; init; }

    /// <summary>Floats in the parameter arena, padding included.</summary>
    public long ParameterFloats => Parameters.Length == 0 ? 0 : Parameters[^1].Offset + Parameters[^1].Layout.Length;
}
