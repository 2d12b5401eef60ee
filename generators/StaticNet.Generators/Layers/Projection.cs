using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// The linear map of a residual's input to the shape of its body: <c>W·x</c> of He, Zhang, Ren and Sun, 2015. What it is follows from both
/// shapes. Nobody writes it: its findings are about the residual.
/// </summary>
internal sealed class Projection(Arguments residual) : Layer(residual.Implied(new(nameof(Projection), [])))
{
    public override LayerResult? Infer(LayerInputs inputs)
    {
        var (shape, body) = (inputs.X.Shape, inputs.Model!.Shape);
        if (Map(shape, body) is { } map)
        {
            return map.Infer(inputs);
        }

        residual.Report(
            Rules.ResidualMismatch, -1, inputs.X.Source, residual.Text, body.ToText(), shape.ToText(),
            "a projection changes the last axis alone");
        return null;
    }

    public override Node Lower(LayerLowering lowering) =>
        Map([.. lowering.X.Shape.Sample], lowering.Model.Shape)!.Lower(lowering);

    private Dense? Map(EquatableArray<int> from, EquatableArray<int> to) => from.Count == to.Count && from.Take(from.Count - 1).SequenceEqual(to.Take(to.Count - 1))
        ? new Dense(residual.Implied(new("Dense", [new("units", -1, to[to.Count - 1]), new("UseBias", -1, false)])))
        : null;
}
