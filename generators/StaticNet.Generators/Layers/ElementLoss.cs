using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>A loss that compares element by element with a target of the output's shape: the mean over the elements of a sample.</summary>
internal abstract class ElementLoss(Arguments arguments) : Loss(arguments)
{
    public override TargetModel TargetOf(EquatableArray<int> output) => new(TargetKind.Vector, output, 0);

    public override Node Lower(LossLowering lowering)
    {
        var (output, target) = (lowering.AsRows(lowering.Output), lowering.AsRows(lowering.Target));
        var sum = lowering.Builder.Reduce(ReduceKind.Sum, Compare(lowering.Builder, output, target), 1);
        return lowering.Builder.Map(total => total * (1.0 / output.Shape.ConstantSize), sum);
    }

    /// <summary>The loss of each element.</summary>
    protected abstract Node Compare(GraphBuilder builder, Node output, Node target);
}
