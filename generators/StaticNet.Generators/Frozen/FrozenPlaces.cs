using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Frozen;

/// <summary>Where the tensors of a frozen network lie: in the resource, or with what was computed from them in the code.</summary>
internal sealed class FrozenPlaces(FrozenWeights weights, ConstantPool constants)
    : ParameterPlaces(weights.Tensors.Where(pair => pair.Value.Offset is not null).ToDictionary(pair => pair.Key, pair => pair.Value.Offset!.Value, StringComparer.Ordinal))
{
    public override bool AreLiterals => true;

    public override string Address(string name)
    {
        var tensor = weights.Tensors[name];
        return tensor.Offset is not null ? base.Address(name)
            : Sparse(name) is not null ? "Matrices"
            : $"ConstantsAt({constants.OffsetOf(name, () => FrozenWeights.Stored(tensor.Parameter, tensor.Values!))})";
    }

    public override IReadOnlyList<SparseMatrix>? Sparse(string name) =>
        weights.Tensors[name] is { Offset: null, Values: { } values, Parameter: { Role: ParameterRole.Weight, Shape: { Count: 2 } shape } }
            ? constants.Sparse(name, shape[0], shape[1], values)
            : null;

    public override float[]? Values(string name) => weights.Tensors[name].Values;
}
