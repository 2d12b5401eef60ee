using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>One value for each place of a window, channel by channel.</summary>
internal abstract class Pool : Layer
{
    private readonly Window _window;

    protected Pool(Arguments arguments, int axes)
        : base(arguments)
    {
        var isSquare = axes == 1 || !(arguments.Has("height") || arguments.Has("width"));
        _window = isSquare
            ? Window.Read(arguments, null, [.. Enumerable.Repeat("size", axes)])
            : Window.Read(arguments, null, "height", "width");
    }

    protected abstract PoolKind Kind { get; }

    public override FeatureFlow Flow => FeatureFlow.Places;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        if (_window.Places(inputs.X) is not { } places)
        {
            return null;
        }

        var x = inputs.X.Shape;
        for (var axis = 0; axis < _window.Axes; axis++)
        {
            var along = _window.Along(axis, x[axis]);
            if (along.Before >= along.Kernel || along.After >= along.Kernel)
            {
                Arguments.Invalid("Pads", "less than the window, so that each place has a cell");
                return null;
            }
        }

        return new([.. places, x[x.Count - 1]]);
    }

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => null;

    public override Node Lower(LayerLowering lowering)
    {
        var shape = lowering.X.Shape;
        return lowering.Builder.Pool(Kind, lowering.X, [.. Enumerable.Range(0, _window.Axes).Select(axis =>
        {
            var along = _window.Along(axis, shape[axis + 1].Size);
            return new PoolWindow(axis + 1, along.Kernel, along.Stride, along.Before, along.After);
        })]);
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        List<OnnxAttribute> attributes = [.. _window.ToOnnx(_window.Along, lowering.X.Shape)];
        if (Kind == PoolKind.Mean)
        {
            attributes.Add(("count_include_pad", 1));
        }

        return lowering.GiveChannelsFirst(lowering.Node(
            Kind == PoolKind.Max ? "MaxPool" : "AveragePool", [lowering.ChannelsFirst], [.. attributes]));
    }
}

/// <summary>The largest of each window.</summary>
internal sealed class MaxPool(Arguments arguments, int axes) : Pool(arguments, axes)
{
    protected override PoolKind Kind => PoolKind.Max;
}

/// <summary>The mean of each window.</summary>
internal sealed class AveragePool(Arguments arguments, int axes) : Pool(arguments, axes)
{
    protected override PoolKind Kind => Arguments.Flag("CountPadding", true) ? PoolKind.Mean : PoolKind.MeanInside;
}
