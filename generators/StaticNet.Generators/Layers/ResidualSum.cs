using System.Globalization;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>The sum of the body and the shortcut of a residual. Nobody writes it: its findings are about the residual.</summary>
internal sealed class ResidualSum(Arguments residual) : Layer(residual.Implied(new("Add", [])))
{
    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var (body, shortcut) = (inputs.Operands[0].Shape, inputs.Operands[1].Shape);
        if (body == shortcut)
        {
            return new(body);
        }

        residual.Report(Rules.ResidualMismatch, -1, inputs.Operands[1].Source, residual.Text, body.ToText(), shortcut.ToText(), Difference(body, shortcut));
        return null;
    }

    public override Node Lower(LayerLowering lowering) => lowering.Builder.Map((body, shortcut) => body + shortcut, lowering.Operands[0], lowering.Operands[1]);

    public override OnnxValue ToOnnx(OnnxLowering lowering) =>
        new(lowering.Node("Add", lowering.InOneOrder), lowering.Model.Shape, lowering.AnyIsChannelsFirst);

    private static string Difference(EquatableArray<int> body, EquatableArray<int> shortcut) => body.Count == shortcut.Count
        ? string.Join(", ", body.Zip(shortcut, (b, s) => (b, s)).Where(pair => pair.b != pair.s).Select(pair => Unequal(pair.b, pair.s)))
        : $"{Unequal(body.Count, shortcut.Count)} axes";

    private static string Unequal(int a, int b) => string.Format(CultureInfo.InvariantCulture, "{0} ≠ {1}", a, b);
}
