using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>What losses from probabilities share: logarithms that stay finite, and derivatives that stay true to PyTorch's.</summary>
internal static class ProbabilityForm
{
    /// <summary>The least logarithm.</summary>
    private const double LogFloor = -100;

    /// <summary>The least denominator in a derivative.</summary>
    private const double Floor = 1e-12;

    public static ScalarExpression Clamp(ScalarExpression logarithm) => new Binary(BinaryFunction.Maximum, logarithm, LogFloor);

    public static ScalarExpression AtLeastFloor(ScalarExpression denominator) => new Binary(BinaryFunction.Maximum, denominator, Floor);

    /// <summary>
    /// A value whose derivative with respect to p is taken to be a given slope: <c>value + (p − p) · slope</c>, where all but the first p
    /// are constants to differentiation. The clamped logarithm itself would have a derivative of 0, and 0 · ∞ on the way, exactly where
    /// learning is most needed.
    /// </summary>
    public static Node WithSlope(GraphBuilder builder, Node value, Node p, Node slope) => builder.Map(
        new Operand(0) + ((new Operand(1) - new Operand(2)) * new Operand(3)),
        builder.StopGradient(value), p, builder.StopGradient(p), builder.StopGradient(slope));
}
