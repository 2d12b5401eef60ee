using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>weight · (x − mean) / √(variance + ε) + bias</c>, scale and shift under PyTorch's names, where there are any.</summary>
internal abstract class Normalization(Arguments arguments) : Layer(arguments)
{
    protected static readonly InitializerSpec Ones = new(InitializerKind.Constant, 1, 1, 1);

    protected static readonly InitializerSpec Zeros = new(InitializerKind.Zeros, 1, 1);

    protected double Epsilon { get; } = arguments.Real("Epsilon", 1e-5, value => value > 0, "a positive number");

    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override bool KeepsInitializer => true;

    protected bool IsAffine { get; } = arguments.Flag("Affine", true);

    /// <summary>The parameters of scale and shift; none when there are none.</summary>
    protected IReadOnlyList<ParameterSpec> ScaleAndShift(string layer, EquatableArray<int> shape) => !IsAffine ? [] :
    [
        new($"{layer}.weight", shape, ParameterRole.Vector, Ones),
        new($"{layer}.bias", shape, ParameterRole.Vector, Zeros),
    ];

    /// <summary><c>1 / √(variance + ε)</c>.</summary>
    protected Node Normalizing(GraphBuilder builder, Node variance) =>
        builder.Map(v => 1 / new Unary(UnaryFunction.Sqrt, v + Epsilon), variance);

    /// <summary>The squares of what lies between values and their mean: to divide by their number after summing.</summary>
    /// <remarks>
    /// Of two passes the second, so that what the mean contributes to squares does not cancel. Their sum is least at the mean, which so
    /// takes no part in their gradient.
    /// </remarks>
    protected static Node SquaredDistances(GraphBuilder builder, Node x, Node mean) =>
        builder.Map((v, m) => (v - m) * (v - m), x, builder.StopGradient(mean));

    /// <summary><c>(x − mean) · factor + bias</c>; factor and bias are what scale and shift make of normalised values.</summary>
    protected static Node Normalized(GraphBuilder builder, Node x, Node mean, Node factor, Node? bias) => bias is null
        ? builder.Map((new Operand(0) - new Operand(1)) * new Operand(2), x, mean, factor)
        : builder.Map(((new Operand(0) - new Operand(1)) * new Operand(2)) + new Operand(3), x, mean, factor, bias);
}
