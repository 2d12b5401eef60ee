using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>r² / 2</c> where <c>|r| ≤ delta</c>, <c>delta · (|r| − delta / 2)</c> elsewhere.</summary>
internal sealed class Huber(Arguments arguments) : ElementLoss(arguments)
{
    private readonly double _delta = arguments.Real("delta", 1, value => value > 0, "a finite number above 0");

    protected override Node Compare(GraphBuilder builder, Node output, Node target)
    {
        var difference = builder.Map((y, t) => y - t, output, target);
        return builder.Map(
            r =>
            {
                var distance = new Unary(UnaryFunction.Abs, r);
                return new Select(Comparison.LessOrEqual, distance, _delta, 0.5 * r * r, _delta * (distance - (0.5 * _delta)));
            },
            difference);
    }
}
