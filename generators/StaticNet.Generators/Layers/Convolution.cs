using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// <c>y[p, o] = bias[o] + Σ x[p · stride + i · dilation, c] · weight[o, c, i]</c> over one or two axes: a border of zeros where there is
/// one, then one contraction. Sequences are images of height one.
/// </summary>
internal sealed class Convolution : Layer
{
    private readonly Window _window;
    private readonly ChannelCount? _filters;
    private readonly int _groups;
    private readonly bool _useBias;
    private readonly WeightArguments _weight;
    private readonly WeightArguments _bias;

    /// <param name="arguments">The attribute's arguments.</param>
    /// <param name="window">Its window.</param>
    /// <param name="isDepthwise">Whether each channel has a window of its own.</param>
    public Convolution(Arguments arguments, Window window, bool isDepthwise = false)
        : base(arguments)
    {
        _window = window;
        _filters = isDepthwise ? null : ChannelCount.Read(arguments, "filters");
        _groups = isDepthwise ? 0 : arguments.Positive("Groups");
        _useBias = arguments.Flag("UseBias", true);
        (_weight, _bias) = WeightArguments.ReadBoth(arguments, _useBias);
    }

    public override bool AddsBias => _useBias;

    public override FeatureFlow Flow => FeatureFlow.Places;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        if (_window.Places(inputs.X) is not { } places)
        {
            return null;
        }

        var channels = inputs.X.Shape[places.Length];
        if ((_filters is null ? channels : _filters.For(inputs.X)) is not { } filters)
        {
            return null;
        }

        var groups = _groups == 0 ? channels : _groups;
        if (!Arguments.Divides("Groups", groups, "channels", channels) || !Arguments.Divides("Groups", groups, "filters", filters))
        {
            return null;
        }

        EquatableArray<int> weightShape = [filters, channels / groups, .. _window.Kernel];
        EquatableArray<int> shape = [.. places, filters];
        foreach (var elements in new[] { weightShape, shape })
        {
            if (!elements.IsCountable())
            {
                Arguments.TooLarge(_filters?.Position ?? Arguments.PositionOf("kernel"), elements.ToText(), elements.CountElements());
                return null;
            }
        }

        var cells = _window.Kernel.Aggregate(1, (a, b) => a * b);
        var (fanIn, fanOut) = (channels / groups * cells, filters / groups * cells);
        List<ParameterSpec> parameters =
        [
            new($"{inputs.Name}.weight", weightShape, ParameterRole.Weight, _weight.Initializer(inputs.Initializer, fanIn, fanOut), _weight.L1, _weight.L2),
        ];
        if (_useBias)
        {
            parameters.Add(new($"{inputs.Name}.bias", [filters], ParameterRole.Vector, _bias.Initializer(InitializerKind.Zeros, fanIn, fanOut)));
        }

        return new(shape, [.. parameters], (long)shape.CountElements() * fanIn);
    }

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => _filters?.Guess(operands[0]) is { } filters
        ? [.. Enumerable.Repeat(1, _window.Axes), filters]
        : base.GuessShape(operands);

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, parameters) = (lowering.Builder, lowering.Model.Parameters);
        var groups = _groups == 0 ? lowering.X.Shape.Last.Size : _groups;
        var y = Slide(builder, _window, lowering.X, parameters[0], groups, lowering.Model.Shape);
        return _useBias ? builder.Map((sum, bias) => sum + bias, y, builder.Parameter(parameters[1])) : y;
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var groups = _groups == 0 ? lowering.X.Channels : _groups;
        return lowering.GiveChannelsFirst(lowering.Node(
            "Conv", [lowering.ChannelsFirst, .. lowering.Parameters], [.. _window.ToOnnx(_window.Along, lowering.X.Shape), .. Window.GroupsToOnnx(groups)]));
    }

    /// <summary>The border, then the contraction.</summary>
    /// <param name="shape">The sample shape of the result.</param>
    public static Node Slide(GraphBuilder builder, Window window, Node x, ParameterSpec weight, int groups, IReadOnlyList<int> shape)
    {
        var windows = Enumerable.Range(0, window.Axes).Select(axis => window.Along(axis, x.Shape[axis + 1].Size)).ToArray();
        for (var axis = 0; axis < windows.Length; axis++)
        {
            if (windows[axis].Before + windows[axis].After > 0)
            {
                x = builder.Pad(x, axis + 1, windows[axis].Before, windows[axis].After);
            }
        }

        return builder.Convolve(x, builder.Parameter(weight), [.. windows.Select(w => (w.Stride, w.Dilation))], groups, shape);
    }
}
