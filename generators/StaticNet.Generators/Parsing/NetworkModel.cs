using System.Globalization;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Parsing;

/// <summary>A declared network with everything worked out: names, connections, shapes, parameters, target.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Inputs">The inputs, in order.</param>
/// <param name="Layers">The layers that compute, in order: inputs and the loss are not among them.</param>
/// <param name="Output">The sample shape that <c>Forward</c> gives.</param>
/// <param name="Target">What the loss compares with; null when there is no loss.</param>
/// <param name="Findings">All findings: the spec's and those of names, arguments and shapes.</param>
internal sealed record NetworkModel(
    NetworkSpec Spec,
    EquatableArray<InputModel> Inputs,
    EquatableArray<LayerModel> Layers,
    EquatableArray<int> Output,
    TargetModel? Target,
    EquatableArray<Finding> Findings)
{
    /// <summary>Whether a finding is an error: the network keeps its surface, with bodies that throw.</summary>
    public bool HasErrors { get; init; }

    /// <summary>What the output means: a member of the library's <c>NetworkTask</c>.</summary>
    public string Task { get; init; } = "None";

    /// <summary>The value that is the network's output, numbered as <see cref="LayerModel.Operands"/> are.</summary>
    public int OutputValue { get; init; }

    /// <summary>The uses of blocks, outer ones before those inside.</summary>
    public EquatableArray<BlockModel> Blocks { get; init; } = [];
}

/// <summary>A use of a block. The layers that it stands for have names that begin with its own.</summary>
/// <param name="Name">Its full name: <c>layer1</c>.</param>
/// <param name="Text">The declaration in short: <c>Residual&lt;Body&gt;</c>.</param>
/// <param name="Repeat">How often, where names have the number of the repetition: <c>layer1.0</c>; otherwise null.</param>
internal sealed record BlockModel(string Name, string Text, int? Repeat)
{
    public override string ToString() => Repeat is { } times ? $"{Text} × {times.ToString(CultureInfo.InvariantCulture)}" : Text;
}

/// <summary>One input: <paramref name="Name"/> is the C# parameter name (<c>input</c> unless <c>As</c> says otherwise).</summary>
internal sealed record InputModel(string Name, EquatableArray<int> Shape);

/// <summary>One layer for the summary table and the typed surface.</summary>
/// <param name="Attribute">The index in the spec of its attribute, or of that which uses its block.</param>
/// <param name="Name">Kind and ordinal, or <c>As</c>: <c>dense1</c>, in a block <c>layer1.0.dense1</c>.</param>
/// <param name="Kind"><c>Dense</c>.</param>
/// <param name="Text">The declaration in short: <c>Dense(128)</c>.</param>
/// <param name="Shape">The sample shape it gives.</param>
/// <param name="Parameters">Its trained tensors.</param>
/// <param name="MultiplyAdds">Multiply-adds for one sample.</param>
internal sealed record LayerModel(
    int Attribute, string Name, string Kind, string Text, EquatableArray<int> Shape, EquatableArray<ParameterSpec> Parameters,
    long MultiplyAdds)
{
    /// <inheritdoc cref="Layers.LayerResult.MinimumTrainingBatch"/>
    public int MinimumTrainingBatch { get; init; } = 1;

    /// <summary>The values it takes: first come the inputs, numbered from 0, then the layers.</summary>
    public EquatableArray<int> Operands { get; init; } = [];
}

/// <summary>The target of the loss.</summary>
/// <param name="Kind">Class index (one int a sample), a vector of the output's shape, or the input itself.</param>
/// <param name="Classes">For class indices: how many.</param>
internal sealed record TargetModel(TargetKind Kind, EquatableArray<int> Shape, int Classes);

internal enum TargetKind { ClassIndex, Vector }
