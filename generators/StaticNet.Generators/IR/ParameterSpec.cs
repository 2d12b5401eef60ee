namespace StaticNet.Generators.IR;

internal enum InitializerKind { Zeros, Constant, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal }

/// <summary>How a parameter starts. Fans are inputs and outputs of one unit: Glorot and Bengio 2010, He et al. 2015, LeCun et al. 1998.</summary>
internal sealed record InitializerSpec(InitializerKind Kind, int FanIn, int FanOut, double Value = 0);

internal enum ParameterRole
{
    /// <summary>A matrix [outputs, inputs, window…] that contractions stream: stored in panels of outputs, cell by cell of the window.</summary>
    Weight,

    /// <summary>Stored in order.</summary>
    Vector,
}

/// <summary>Features of an image that were made one axis: PyTorch counts them channel by channel, the graph place by place.</summary>
internal readonly record struct FeaturePart(int Channels, int Places);

/// <summary>
/// A tensor of a network: its name (<c>dense1.weight</c>), its shape in PyTorch's order, how it is stored, started and regularised.
/// </summary>
internal sealed record ParameterSpec(
    string Name, EquatableArray<int> Shape, ParameterRole Role, InitializerSpec Initializer, double L1 = 0, double L2 = 0)
{
    /// <summary>Elements for each output.</summary>
    public int Columns => Size / Shape[0];

    /// <summary>Cells of the window; 1 for a plain matrix.</summary>
    public int Cells => Shape.Skip(2).Aggregate(1, (size, extent) => size * extent);

    /// <summary>
    /// Whether it is state and no parameter in the strict sense: saved and loaded like one, written by training itself and not trained,
    /// neither regularised nor given a gradient.
    /// </summary>
    public bool IsState { get; init; }

    /// <summary>What the columns of a matrix, or the elements of a vector, are features of; empty where PyTorch counts them as the graph does.</summary>
    public EquatableArray<FeaturePart> Features { get; init; } = [];

    /// <summary>The same of the rows of a matrix.</summary>
    public EquatableArray<FeaturePart> OutputFeatures { get; init; } = [];

    public int Size => Shape.Aggregate(1, (size, extent) => checked(size * extent));
}
