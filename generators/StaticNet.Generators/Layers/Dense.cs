using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>y[…, o] = bias[o] + Σᵢ x[…, i] · weight[o, i]</c>, on the last axis.</summary>
internal sealed class Dense : Layer
{
    private readonly ChannelCount _units;
    private readonly bool _useBias;
    private readonly WeightArguments _weight;
    private readonly WeightArguments _bias;

    public Dense(Arguments arguments)
        : base(arguments)
    {
        _units = ChannelCount.Read(arguments, "units");
        _useBias = arguments.Flag("UseBias", true);
        (_weight, _bias) = WeightArguments.ReadBoth(arguments, _useBias);
    }

    public override bool AddsBias => _useBias;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        if (_units.For(inputs.X) is not { } units)
        {
            return null;
        }

        var features = inputs.X.Shape[inputs.X.Shape.Count - 1];
        EquatableArray<int> weightShape = [units, features];
        EquatableArray<int> shape = [.. inputs.X.Shape.Take(inputs.X.Shape.Count - 1), units];
        foreach (var elements in new[] { weightShape, shape })
        {
            if (!elements.IsCountable())
            {
                Arguments.TooLarge(_units.Position, elements.ToText(), elements.CountElements());
                return null;
            }
        }

        var start = _weight.Initializer(inputs.Initializer, features, units);
        List<ParameterSpec> parameters = [new($"{inputs.Name}.weight", weightShape, ParameterRole.Weight, start, _weight.L1, _weight.L2)];
        if (_useBias)
        {
            var biasStart = _bias.Initializer(InitializerKind.Zeros, features, units);
            parameters.Add(new($"{inputs.Name}.bias", [units], ParameterRole.Vector, biasStart));
        }

        var rows = (long)shape.CountElements() / units;
        return new(shape, [.. parameters], rows * features * units);
    }

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) =>
        _units.Guess(operands[0]) is { } units ? [units] : null;

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, parameters) = (lowering.Builder, lowering.Model.Parameters);
        var product = builder.MatrixProduct(lowering.X, builder.Parameter(parameters[0]));
        return _useBias ? builder.Map((y, bias) => y + bias, product, builder.Parameter(parameters[1])) : product;
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var (x, parameters) = (lowering.ChannelsLast, lowering.Parameters);
        if (lowering.X.Shape.Count == 1)
        {
            return lowering.GiveChannelsLast(lowering.Node("Gemm", [x, .. parameters], ("transB", 1)));
        }

        var weight = lowering.Step("transposed", "Transpose", [parameters[0]], ("perm", new EquatableArray<int>(1, 0)));
        return lowering.GiveChannelsLast(_useBias
            ? lowering.Node("Add", [lowering.Step("product", "MatMul", [x, weight]), parameters[1]])
            : lowering.Node("MatMul", [x, weight]));
    }
}
