using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>A layer of several operands, which it names. See <see cref="Parsing.Connections"/> for which they are.</summary>
internal abstract class Merge : Layer
{
    protected Merge(Arguments arguments)
        : base(arguments)
    {
        OperandNames = arguments.Strings("names");
        if (OperandNames.Count == 0)
        {
            arguments.Report(Rules.InvalidArgument, -1, arguments.Kind, "names", "empty", "at least one name");
        }
    }

    public override EquatableArray<string> OperandNames { get; }

    /// <summary>Reports the operand that does not fit the first.</summary>
    protected LayerResult? Misfit(LayerInputs inputs, int operand, string needs)
    {
        var unnamed = inputs.Operands.Count - OperandNames.Count;
        var value = inputs.Operands[operand];
        Arguments.Report(
            Rules.ShapeMismatch, Arguments.PositionOf("names", operand - unnamed), value.Source, Arguments.Text, needs, value.Text, value.Shape.ToText());
        return null;
    }
}

/// <summary>A function of values of one shape, element by element.</summary>
internal abstract class ElementwiseMerge(Arguments arguments) : Merge(arguments)
{
    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var first = inputs.X;
        for (var i = 1; i < inputs.Operands.Count; i++)
        {
            if (inputs.Operands[i].Shape != first.Shape)
            {
                return Misfit(inputs, i, $"the shape {first.Shape.ToText()} of {first.Text}");
            }
        }

        return new(first.Shape);
    }

    public override Node Lower(LayerLowering lowering)
    {
        var body = lowering.Operands.Select((_, i) => (ScalarExpression)new Operand(i)).Aggregate(Combine);
        return lowering.Builder.Map(body, [.. lowering.Operands]);
    }

    protected abstract ScalarExpression Combine(ScalarExpression a, ScalarExpression b);

    /// <summary>The operator of ONNX that does the same to two operands.</summary>
    protected abstract string Operation { get; }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var operands = lowering.InOneOrder;
        var value = operands[0];
        for (var i = 1; i < operands.Count; i++)
        {
            value = i < operands.Count - 1
                ? lowering.Step($"operand{i}", Operation, [value, operands[i]])
                : lowering.Node(Operation, [value, operands[i]]);
        }

        return new(value, lowering.Model.Shape, lowering.AnyIsChannelsFirst);
    }
}

/// <summary>The sum of its operands.</summary>
internal sealed class Add(Arguments arguments) : ElementwiseMerge(arguments)
{
    protected override ScalarExpression Combine(ScalarExpression a, ScalarExpression b) => a + b;

    protected override string Operation => "Add";
}

/// <summary>The product of its operands.</summary>
internal sealed class Multiply(Arguments arguments) : ElementwiseMerge(arguments)
{
    protected override ScalarExpression Combine(ScalarExpression a, ScalarExpression b) => a * b;

    protected override string Operation => "Mul";
}
