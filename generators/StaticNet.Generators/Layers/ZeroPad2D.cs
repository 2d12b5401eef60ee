using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Zeros around an image.</summary>
internal sealed class ZeroPad2D : ImageLayer
{
    private readonly (int Before, int After) _rows;
    private readonly (int Before, int After) _columns;

    public ZeroPad2D(Arguments arguments)
        : base(arguments)
    {
        var all = NotNegative("padding");
        _rows = (all + NotNegative("top"), all + NotNegative("bottom"));
        _columns = (all + NotNegative("left"), all + NotNegative("right"));

        int NotNegative(string name)
        {
            if (arguments.Integer(name) < 0)
            {
                arguments.Invalid(name, "at least 0");
            }

            return Math.Max(arguments.Integer(name), 0);
        }
    }

    protected override EquatableArray<int>? ShapeOf(EquatableArray<int> image) =>
        Countable((long)_rows.Before + image[0] + _rows.After, (long)_columns.Before + image[1] + _columns.After, image[2]);

    public override Node Lower(LayerLowering lowering)
    {
        var build = lowering.Builder;
        return build.Pad(build.Pad(lowering.X, axis: 1, _rows.Before, _rows.After), axis: 2, _columns.Before, _columns.After);
    }

    /// <remarks>
    /// The zeros are negative: ONNX Runtime merges a border of positive ones into a pooling after it, whose own border counts differently
    /// (pad_fusion.cc, seen in 1.30).
    /// </remarks>
    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var pads = lowering.Integers("pads", [0, 0, _rows.Before, _columns.Before, 0, 0, _rows.After, _columns.After]);
        return lowering.GiveChannelsFirst(lowering.Node("Pad", [lowering.ChannelsFirst, pads, lowering.Number("zero", -0.0)]));
    }
}
