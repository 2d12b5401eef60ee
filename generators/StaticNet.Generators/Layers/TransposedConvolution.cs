using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>y[p · stride + i · dilation, o] += x[p, c] · weight[c, o, i]</c>, less a border, plus a bias; o counts in the group of c.</summary>
internal sealed class TransposedConvolution : Layer
{
    private readonly Window _window;
    private readonly int _filters;
    private readonly int _groups;
    private readonly int _outputPadding;
    private readonly bool _useBias;
    private readonly WeightArguments _weight;
    private readonly WeightArguments _bias;

    public TransposedConvolution(Arguments arguments, Window window)
        : base(arguments)
    {
        _window = window;
        _filters = arguments.Positive("filters");
        _groups = arguments.Positive("Groups");
        _outputPadding = arguments.Integer("OutputPadding");
        var largest = Math.Max(window.Along(0, 1).Stride, window.Along(0, 1).Dilation) - 1;
        if (_outputPadding < 0 || _outputPadding > largest)
        {
            arguments.Invalid("OutputPadding", $"from 0 to {largest}, less than the stride or the dilation");
            _outputPadding = 0;
        }

        _useBias = arguments.Flag("UseBias", true);
        (_weight, _bias) = WeightArguments.ReadBoth(arguments, _useBias);
    }

    public override bool AddsBias => _useBias;

    public override FeatureFlow Flow => FeatureFlow.Places;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var x = inputs.X.Shape;
        if (!_window.Fits(inputs.X))
        {
            return null;
        }

        int[] size = [.. Enumerable.Range(0, _window.Axes).Select(axis => _window.From(axis, x[axis]).Spread(x[axis]) + _outputPadding)];
        if (size.Min() < 1)
        {
            Arguments.Invalid(Arguments.Has("Pads") ? "Pads" : "Padding", $"less than the whole output, which would be {string.Join("×", size)}");
            return null;
        }

        var channels = x[_window.Axes];
        if (!Arguments.Divides("Groups", _groups, "channels", channels) || !Arguments.Divides("Groups", _groups, "filters", _filters))
        {
            return null;
        }

        EquatableArray<int> weightShape = [channels, _filters / _groups, .. _window.Kernel];
        EquatableArray<int> shape = [.. size, _filters];
        foreach (var elements in new[] { weightShape, shape })
        {
            if (!elements.IsCountable())
            {
                Arguments.TooLarge(Arguments.PositionOf("filters"), elements.ToText(), elements.CountElements());
                return null;
            }
        }

        // PyTorch's fans: of the convolution whose gradient this is.
        var cells = _window.Kernel.Aggregate(1, (a, b) => a * b);
        var (fanIn, fanOut) = (_filters / _groups * cells, channels / _groups * cells);
        List<ParameterSpec> parameters =
        [
            new($"{inputs.Name}.weight", weightShape, ParameterRole.Weight, _weight.Initializer(inputs.Initializer, fanIn, fanOut), _weight.L1, _weight.L2),
        ];
        if (_useBias)
        {
            parameters.Add(new($"{inputs.Name}.bias", [_filters], ParameterRole.Vector, _bias.Initializer(InitializerKind.Zeros, fanIn, fanOut)));
        }

        return new(shape, [.. parameters], (long)x.CountElements() * fanIn);
    }

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => [.. Enumerable.Repeat(1, _window.Axes), _filters];

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, parameters, shape) = (lowering.Builder, lowering.Model.Parameters, lowering.Model.Shape);
        var windows = Enumerable.Range(0, _window.Axes).Select(axis => _window.From(axis, lowering.X.Shape[axis + 1].Size)).ToArray();
        int[] whole = [.. windows.Select((window, axis) => shape[axis] + window.Before + window.After), _filters];
        var y = builder.Spread(lowering.X, builder.Parameter(parameters[0]), [.. windows.Select(w => (w.Stride, w.Dilation))], _groups, whole);
        for (var axis = 0; axis < windows.Length; axis++)
        {
            if (windows[axis].Before + windows[axis].After > 0)
            {
                y = builder.Slice(y, axis + 1, windows[axis].Before, shape[axis]);
            }
        }

        return _useBias ? builder.Map((sum, bias) => sum + bias, y, builder.Parameter(parameters[1])) : y;
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        List<OnnxAttribute> attributes = [.. _window.ToOnnx(_window.From, lowering.X.Shape), .. Window.GroupsToOnnx(_groups)];
        if (_outputPadding > 0)
        {
            attributes.Add(("output_padding", new EquatableArray<int>(Enumerable.Repeat(_outputPadding, _window.Axes))));
        }

        return lowering.GiveChannelsFirst(lowering.Node("ConvTranspose", [lowering.ChannelsFirst, .. lowering.Parameters], [.. attributes]));
    }
}
