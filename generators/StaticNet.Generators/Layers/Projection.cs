using System.Globalization;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>
/// The linear map of a residual's input to the shape of its body, <c>W·x</c> of He, Zhang, Ren and Sun, 2015: a convolution of one cell,
/// without bias, with the stride that leads from one shape to the other; of features without places a dense layer. Nobody writes it: its
/// findings are about the residual.
/// </summary>
internal sealed class Projection(Arguments residual) : Layer(residual.Implied(new(nameof(Projection), [])))
{
    public override LayerResult? Infer(LayerInputs inputs)
    {
        var (x, body) = (inputs.X.Shape, inputs.Model!.Shape);
        if (Misfit(x, body) is not { } misfit)
        {
            return Map(x, body).Infer(inputs);
        }

        residual.Report(Rules.ResidualMismatch, -1, inputs.X.Source, residual.Text, body.ToText(), x.ToText(), misfit);
        return null;
    }

    public override Node Lower(LayerLowering lowering) => Map([.. lowering.X.Shape.Sample], lowering.Model.Shape).Lower(lowering);

    public override OnnxValue ToOnnx(OnnxLowering lowering) => Map(lowering.X.Shape, lowering.Model.Shape).ToOnnx(lowering);

    /// <summary>The layer that does it, given that one can.</summary>
    private Layer Map(EquatableArray<int> x, EquatableArray<int> body)
    {
        var (channels, noBias) = (body[body.Count - 1], new ArgumentSpec("UseBias", -1, false));
        LayerSpec map = HasPlaces(x)
            ? new($"Conv{x.Count - 1}D", [new("filters", -1, channels), new("kernel", -1, 1), new("Stride", -1, Stride(x, body)), noBias])
            : new("Dense", [new("units", -1, channels), noBias]);
        return (Layer)LayerCatalog.Parts[map.Kind](residual.Implied(map));
    }

    /// <summary>Whether it is an image or a sequence.</summary>
    private static bool HasPlaces(EquatableArray<int> shape) => shape.Count is 2 or 3;

    /// <summary>Why no convolution of one cell leads from one shape to the other; null where one does.</summary>
    private static string? Misfit(EquatableArray<int> x, EquatableArray<int> body)
    {
        if (x.Count != body.Count)
        {
            return Text("{0} ≠ {1} axes", body.Count, x.Count);
        }

        if (!HasPlaces(x))
        {
            return x.Take(x.Count - 1).SequenceEqual(body.Take(body.Count - 1)) ? null : "a projection changes the last axis alone";
        }

        var stride = Stride(x, body);
        var places = x.Take(x.Count - 1).Select(cells => ((cells - 1) / stride) + 1).ToList();
        return places.SequenceEqual(body.Take(body.Count - 1)) ? null : Text(
            "a projection of stride {0} gives {1} places, not {2}", stride, string.Join("×", places), string.Join("×", body.Take(body.Count - 1)));
    }

    /// <summary>The least stride that gives no more places along any axis.</summary>
    private static int Stride(EquatableArray<int> x, EquatableArray<int> body) =>
        x.Zip(body, (cells, places) => ((cells - 1) / places) + 1).Take(x.Count - 1).Max();

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
