using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// The softmax over the last axis in the form that neither overflows nor loses digits: everything is relative to the largest logit,
/// which takes no part in the gradient because the softmax does not depend on it.
/// </summary>
internal static class SoftmaxForm
{
    /// <summary><c>z − max z</c>.</summary>
    public static Node Shift(GraphBuilder builder, Node z) =>
        builder.Map((x, max) => x - max, z, builder.StopGradient(builder.Reduce(ReduceKind.Max, z, LastAxis(z))));

    /// <summary><c>exp(z − max z) / Σ exp(z − max z)</c>.</summary>
    public static Node Softmax(GraphBuilder builder, Node z)
    {
        var exponentials = Exponentials(builder, Shift(builder, z));
        return builder.Map((e, sum) => e / sum, exponentials, builder.Reduce(ReduceKind.Sum, exponentials, LastAxis(z)));
    }

    /// <summary><c>log Σ exp(shifted)</c>, the last axis being 1: at least 0, so that no digits cancel.</summary>
    public static Node LogSumExp(GraphBuilder builder, Node shifted) => builder.Map(
        sum => new Unary(UnaryFunction.Log, sum),
        builder.Reduce(ReduceKind.Sum, Exponentials(builder, shifted), LastAxis(shifted)));

    private static Node Exponentials(GraphBuilder builder, Node shifted) => builder.Map(x => new Unary(UnaryFunction.Exp, x), shifted);

    private static int LastAxis(Node z) => z.Shape.Rank - 1;
}
