using System.Globalization;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Its operands one after the other along the last axis.</summary>
internal sealed class Concat(Arguments arguments) : Merge(arguments)
{
    public override FeatureFlow Flow => FeatureFlow.Joined;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var first = inputs.X;
        var leading = Leading(first.Shape);
        for (var i = 1; i < inputs.Operands.Count; i++)
        {
            if (Leading(inputs.Operands[i].Shape) != leading)
            {
                EquatableArray<string> pattern = [.. leading.Select(extent => extent.ToString(CultureInfo.InvariantCulture)), "n"];
                return Misfit(inputs, i, $"a shape {string.Join("×", pattern)} like {first.Text}");
            }
        }

        var parts = inputs.Operands.Select(operand => operand.Shape[operand.Shape.Count - 1]);
        var total = parts.Sum(part => (long)part);
        if (total > int.MaxValue)
        {
            Arguments.TooLarge(-1, string.Join("+", parts), total);
            return null;
        }

        return new([.. leading, (int)total]);
    }

    public override Node Lower(LayerLowering lowering) =>
        lowering.Operands.Count == 1 ? lowering.X : lowering.Builder.Concat(lowering.X.Shape.Rank - 1, [.. lowering.Operands]);

    private static EquatableArray<int> Leading(EquatableArray<int> shape) => [.. shape.Take(shape.Count - 1)];

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        if (lowering.Operands.Count == 1)
        {
            return lowering.X;
        }

        var value = new OnnxValue(lowering.Model.Name, lowering.Model.Shape, lowering.AnyIsChannelsFirst);
        return value with { Name = lowering.Node("Concat", lowering.InOneOrder, ("axis", value.ChannelAxis)) };
    }
}
