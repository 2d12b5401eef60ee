using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// All layers and losses by the name of their attribute. Adding a layer is an attribute, a file in this folder and a line here.
/// </summary>
internal static class LayerCatalog
{
    public static readonly IReadOnlyDictionary<string, Func<Arguments, DeclaredPart>> Parts =
        new Dictionary<string, Func<Arguments, DeclaredPart>>(StringComparer.Ordinal)
        {
            ["Input"] = arguments => new Input(arguments),
            ["Block"] = arguments => new BlockUse(arguments),
            ["Residual"] = arguments => new Residual(arguments),
            ["Flatten"] = arguments => new Flatten(arguments),
            ["MaxPool1D"] = arguments => new MaxPool(arguments, axes: 1),
            ["MaxPool2D"] = arguments => new MaxPool(arguments, axes: 2),
            ["AveragePool1D"] = arguments => new AveragePool(arguments, axes: 1),
            ["AveragePool2D"] = arguments => new AveragePool(arguments, axes: 2),
            ["GlobalAveragePool2D"] = arguments => new GlobalPool(arguments, PoolKind.Mean),
            ["GlobalMaxPool2D"] = arguments => new GlobalPool(arguments, PoolKind.Max),
            ["Upsample2D"] = arguments => new Upsample2D(arguments),
            ["Reshape"] = arguments => new Reshape(arguments),
            ["SpatialDropout2D"] = arguments => new SpatialDropout2D(arguments),
            ["ZeroPad2D"] = arguments => new ZeroPad2D(arguments),
            ["Dense"] = arguments => new Dense(arguments),
            ["Conv1D"] = arguments => new Convolution(arguments, Window.Read(arguments, 1, "kernel")),
            ["Conv2D"] = arguments => new Convolution(arguments, arguments.Has("kernel")
                ? Window.Read(arguments, 1, "kernel", "kernel")
                : Window.Read(arguments, 1, "kernelHeight", "kernelWidth")),
            ["ConvTranspose2D"] = arguments => new TransposedConvolution(arguments, Window.Read(arguments, 1, "kernel", "kernel")),
            ["SeparableConv2D"] = arguments => new SeparableConvolution(arguments, Window.Read(arguments, 1, "kernel", "kernel")),
            ["DepthwiseConv2D"] = arguments => new Convolution(arguments, Window.Read(arguments, 1, "kernel", "kernel"), isDepthwise: true),
            ["Relu"] = arguments => new Relu(arguments),
            ["LeakyRelu"] = arguments => new LeakyRelu(arguments),
            ["Elu"] = arguments => new Elu(arguments),
            ["Selu"] = arguments => new Selu(arguments),
            ["Gelu"] = arguments => new Gelu(arguments),
            ["Silu"] = arguments => new Silu(arguments),
            ["Softplus"] = arguments => new Softplus(arguments),
            ["Sigmoid"] = arguments => new Sigmoid(arguments),
            ["HardSigmoid"] = arguments => new HardSigmoid(arguments),
            ["HardSwish"] = arguments => new HardSwish(arguments),
            ["Tanh"] = arguments => new Tanh(arguments),
            ["Softmax"] = arguments => new Softmax(arguments),
            ["LogSoftmax"] = arguments => new LogSoftmax(arguments),
            ["BatchNorm"] = arguments => new BatchNorm(arguments),
            ["LayerNorm"] = arguments => new LayerNorm(arguments),
            ["GroupNorm"] = arguments => new GroupNorm(arguments),
            ["LocalResponseNorm"] = arguments => new LocalResponseNorm(arguments),
            ["Dropout"] = arguments => new Dropout(arguments),
            ["Add"] = arguments => new Add(arguments),
            ["Multiply"] = arguments => new Multiply(arguments),
            ["Concat"] = arguments => new Concat(arguments),
            ["MeanSquaredError"] = arguments => new MeanSquaredError(arguments),
            ["MeanAbsoluteError"] = arguments => new MeanAbsoluteError(arguments),
            ["Huber"] = arguments => new Huber(arguments),
            ["BinaryCrossEntropy"] = arguments => new BinaryCrossEntropy(arguments),
            ["CategoricalCrossEntropy"] = arguments => new CategoricalCrossEntropy(arguments),
            ["SoftmaxCrossEntropy"] = arguments => new SoftmaxCrossEntropy(arguments),
        };
}
