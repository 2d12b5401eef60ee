using System.Text.Json.Serialization;

namespace StaticNet.Benchmarks.Workloads;

/// <summary>
/// A layer as every side of a comparison understands it. Shapes are those of a sample, channels last: [height, width, channels] or
/// [features].
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dense), "dense")]
[JsonDerivedType(typeof(Convolution), "convolution")]
[JsonDerivedType(typeof(BatchNormalization), "batch_normalization")]
[JsonDerivedType(typeof(MaxPooling), "max_pooling")]
[JsonDerivedType(typeof(AveragePooling), "average_pooling")]
[JsonDerivedType(typeof(Relu), "relu")]
[JsonDerivedType(typeof(Tanh), "tanh")]
[JsonDerivedType(typeof(Flatten), "flatten")]
[JsonDerivedType(typeof(Dropout), "dropout")]
[JsonDerivedType(typeof(Residual), "residual")]
internal abstract record Layer
{
    /// <summary>The shape it makes of another.</summary>
    public virtual int[] Output(int[] input) => input;

    /// <summary>Of one sample's forward pass.</summary>
    public virtual long MultiplyAdds(int[] input) => 0;

    /// <summary>Elements of a shape.</summary>
    public static int Size(int[] shape) => shape.Aggregate(1, (size, extent) => size * extent);

    /// <summary>The layers with the shapes that they get.</summary>
    public static IEnumerable<(Layer Layer, int[] Input)> WithInputs(int[] input, IEnumerable<Layer> layers)
    {
        foreach (var layer in layers)
        {
            yield return (layer, input);
            input = layer.Output(input);
        }
    }
}

internal sealed record Dense(int Units) : Layer
{
    public override int[] Output(int[] input) => [Units];

    public override long MultiplyAdds(int[] input) => (long)input[0] * Units;
}

/// <param name="Filters">Channels of the output.</param>
/// <param name="Window">Where it looks.</param>
internal sealed record Convolution(int Filters, Window Window) : Layer
{
    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;

    /// <summary>λ of the loss's penalty λ·Σw².</summary>
    public double L2 { get; init; }

    public override int[] Output(int[] input) => [Window.Places(input).Height, Window.Places(input).Width, Filters];

    public override long MultiplyAdds(int[] input) =>
        (long)Size(Output(input)) * Window.Height * Window.Width * (input[2] / Groups);
}

/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Momentum">How much a batch counts in the running statistics.</param>
internal sealed record BatchNormalization(double Epsilon = 1e-5, double Momentum = 0.1) : Layer;

internal sealed record MaxPooling(Window Window) : Layer
{
    public override int[] Output(int[] input) => [Window.Places(input).Height, Window.Places(input).Width, input[2]];
}

internal sealed record AveragePooling(Window Window) : Layer
{
    public override int[] Output(int[] input) => [Window.Places(input).Height, Window.Places(input).Width, input[2]];
}

internal sealed record Relu : Layer;

internal sealed record Tanh : Layer;

internal sealed record Flatten : Layer
{
    public override int[] Output(int[] input) => [Size(input)];
}

internal sealed record Dropout(double Rate) : Layer;

/// <param name="Body">What is added to the shortcut.</param>
/// <param name="Shortcut">The input itself where there are no layers.</param>
internal sealed record Residual(IReadOnlyList<Layer> Body, IReadOnlyList<Layer> Shortcut) : Layer
{
    public override int[] Output(int[] input) => Body.Aggregate(input, (shape, layer) => layer.Output(shape));

    public override long MultiplyAdds(int[] input) =>
        WithInputs(input, Body).Concat(WithInputs(input, Shortcut)).Sum(step => step.Layer.MultiplyAdds(step.Input));
}
