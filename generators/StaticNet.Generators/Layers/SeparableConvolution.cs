using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Each channel by itself through a window, then all channels of a place together.</summary>
internal sealed class SeparableConvolution : Layer
{
    private readonly Window _window;
    private readonly int _filters;
    private readonly bool _useBias;
    private readonly WeightArguments _weight;
    private readonly WeightArguments _bias;

    public SeparableConvolution(Arguments arguments, Window window)
        : base(arguments)
    {
        _window = window;
        _filters = arguments.Positive("filters");
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
        var cells = _window.Kernel.Aggregate(1, (a, b) => a * b);
        EquatableArray<int> depthwise = [channels, 1, .. _window.Kernel];
        EquatableArray<int> pointwise = [_filters, channels, 1, 1];
        EquatableArray<int> shape = [.. places, _filters];
        foreach (var elements in new[] { depthwise, pointwise, shape })
        {
            if (!elements.IsCountable())
            {
                Arguments.TooLarge(Arguments.PositionOf("filters"), elements.ToText(), elements.CountElements());
                return null;
            }
        }

        List<ParameterSpec> parameters =
        [
            new($"{inputs.Name}.depthwise_weight", depthwise, ParameterRole.Weight, _weight.Initializer(inputs.Initializer, cells, cells), _weight.L1, _weight.L2),
            new($"{inputs.Name}.pointwise_weight", pointwise, ParameterRole.Weight, _weight.Initializer(inputs.Initializer, channels, _filters), _weight.L1, _weight.L2),
        ];
        if (_useBias)
        {
            parameters.Add(new($"{inputs.Name}.bias", [_filters], ParameterRole.Vector, _bias.Initializer(InitializerKind.Zeros, channels, _filters)));
        }

        var rows = (long)shape.CountElements() / _filters;
        return new(shape, [.. parameters], rows * channels * (cells + _filters));
    }

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => [.. Enumerable.Repeat(1, _window.Axes), _filters];

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, parameters, shape) = (lowering.Builder, lowering.Model.Parameters, lowering.Model.Shape);
        var channels = lowering.X.Shape.Last.Size;
        var each = Convolution.Slide(builder, _window, lowering.X, parameters[0], channels, [.. shape.Take(_window.Axes), channels]);
        var all = builder.Convolve(each, builder.Parameter(parameters[1]), [(1, 1), (1, 1)], 1, shape);
        return _useBias ? builder.Map((sum, bias) => sum + bias, all, builder.Parameter(parameters[2])) : all;
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var (parameters, channels) = (lowering.Parameters, lowering.X.Channels);
        var each = lowering.Step(
            "depthwise", "Conv", [lowering.ChannelsFirst, parameters[0]], [.. _window.ToOnnx(_window.Along, lowering.X.Shape), .. Window.GroupsToOnnx(channels)]);
        return lowering.GiveChannelsFirst(lowering.Node("Conv", [each, .. parameters.Skip(1)], ("kernel_shape", new EquatableArray<int>(1, 1))));
    }
}
