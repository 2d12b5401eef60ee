using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>(y − t)²</c>, or half of it.</summary>
internal sealed class MeanSquaredError(Arguments arguments) : ElementLoss(arguments)
{
    private readonly bool _isHalf = arguments.Flag("Half", false);

    protected override Node Compare(GraphBuilder builder, Node output, Node target)
    {
        var difference = builder.Map((y, t) => y - t, output, target);
        return builder.Map(r => _isHalf ? 0.5 * r * r : r * r, difference);
    }
}
