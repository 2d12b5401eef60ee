using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>A loss that compares classes: one number a class, and the right one by its index or as a distribution.</summary>
internal abstract class ClassLoss(Arguments arguments) : Loss(arguments)
{
    public override string Task => "Classification";

    /// <summary>The library's <c>Targets</c>, number by number.</summary>
    internal enum TargetForm { ClassIndex, OneHot }

    protected TargetForm Targets { get; } = arguments.Choice<TargetForm>("Targets");

    public override TargetModel TargetOf(EquatableArray<int> output) => Targets == TargetForm.ClassIndex
        ? new(TargetKind.ClassIndex, [1], output[output.Count - 1])
        : new(TargetKind.Vector, output, 0);

    public override bool Accepts(Value output)
    {
        if (output.Shape.Count == 1 && output.Shape[0] >= 2)
        {
            return true;
        }

        Arguments.Report(
            Rules.LossDoesNotFit, -1, output.Source, Arguments.Text, "one vector of at least 2 classes", output.Text, output.Shape.ToText());
        return false;
    }

    public override void CheckRange(ValueRange range, Arguments source)
    {
        if (range == ValueRange.Probabilities)
        {
            source.Report(Rules.SigmoidWithClassLoss, -1, Arguments, source.Text, Arguments.Text);
        }
    }

    /// <summary>A weighted sum over the classes: <c>onTarget</c> for the right class, <c>elsewhere</c> for the others.</summary>
    protected static Node WeighByIndex(GraphBuilder builder, Node values, Node index, double onTarget, double elsewhere) => builder.Map(
        (value, target) =>
        {
            var number = new Unary(UnaryFunction.ToFloat, target);
            return elsewhere == 0
                ? new Select(Comparison.Equal, new IndexOf(1), number, onTarget == 1 ? value : onTarget * value, 0)
                : new Select(Comparison.Equal, new IndexOf(1), number, onTarget, elsewhere) * value;
        },
        values,
        index);

    protected static Node SumOverClasses(GraphBuilder builder, Node values) => builder.Reduce(ReduceKind.Sum, values, 1);
}
