using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// Nearest: every cell repeated. Bilinear: the mean of what is repeated over a window as wide as a cell, which overlaps two cells in the
/// proportion of the distances to their centres. A window of even width has its centre between two cells: there the mean of the two windows
/// beside it is taken. Outside the image nothing counts, so that the border stays constant.
/// </summary>
internal sealed class Upsample2D(Arguments arguments) : ImageLayer(arguments)
{
    private readonly int _factor = arguments.Positive("factor");
    private readonly Interpolation _mode = arguments.Choice<Interpolation>("Mode");

    /// <summary>The library's <c>Interpolation</c>, number by number.</summary>
    internal enum Interpolation { Nearest, Bilinear }

    protected override EquatableArray<int>? ShapeOf(EquatableArray<int> image) =>
        Countable((long)image[0] * _factor, (long)image[1] * _factor, image[2]);

    public override Node Lower(LayerLowering lowering)
    {
        if (_factor == 1)
        {
            return lowering.X;
        }

        var build = lowering.Builder;
        var repeated = build.Repeat(lowering.X, (1, _factor), (2, _factor));
        if (_mode == Interpolation.Nearest)
        {
            return repeated;
        }

        // Of large windows, one axis after the other is less work.
        var (before, after) = (_factor / 2, _factor - 1 - ((_factor - 1) / 2));
        var smooth = _factor <= 3
            ? build.Pool(PoolKind.MeanInside, repeated, Window(1, _factor, before, after), Window(2, _factor, before, after))
            : build.Pool(
                PoolKind.MeanInside, build.Pool(PoolKind.MeanInside, repeated, Window(1, _factor, before, after)), Window(2, _factor, before, after));
        return _factor % 2 == 1 ? smooth : build.Pool(PoolKind.Mean, smooth, Window(1, 2, 0, 0), Window(2, 2, 0, 0));

        static PoolWindow Window(int axis, int size, int before, int after) => new(axis, size, 1, before, after);
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        if (_factor == 1)
        {
            return lowering.X;
        }

        OnnxAttribute[] attributes = _mode == Interpolation.Nearest
            ? [("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")]
            : [("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")];
        return lowering.GiveChannelsFirst(lowering.Node(
            "Resize", [lowering.ChannelsFirst, "", lowering.Reals("scales", [1, 1, _factor, _factor])], attributes));
    }
}
