using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>|y − t|</c>.</summary>
internal sealed class MeanAbsoluteError(Arguments arguments) : ElementLoss(arguments)
{
    protected override Node Compare(GraphBuilder builder, Node output, Node target) =>
        builder.Map((y, t) => new Unary(UnaryFunction.Abs, y - t), output, target);
}
