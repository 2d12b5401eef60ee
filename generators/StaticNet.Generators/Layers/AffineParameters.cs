using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>The scale and shift after a normalisation, under PyTorch's names: <c>weight</c>, 1 at first, and <c>bias</c>, 0 at first.</summary>
internal static class AffineParameters
{
    public static IReadOnlyList<ParameterSpec> Of(string layer, params int[] shape) =>
    [
        new($"{layer}.weight", [.. shape], ParameterRole.Vector, Ones),
        new($"{layer}.bias", [.. shape], ParameterRole.Vector, Zeros),
    ];

    public static InitializerSpec Ones => new(InitializerKind.Constant, 1, 1, 1);

    public static InitializerSpec Zeros => new(InitializerKind.Zeros, 1, 1);
}
