namespace StaticNet;

/// <summary>
/// A residual connection around a block: <c>y = body(x) + shortcut(x)</c>. He, Zhang, Ren and Sun, "Deep Residual Learning for Image
/// Recognition", 2015. The shortcut is <c>x</c> itself unless something else is said, and both sides must have one shape. Nothing
/// follows the sum: a ReLU after every one is a block <c>[Residual&lt;Body&gt;, Relu]</c>.
/// </summary>
/// <typeparam name="TBlock">The body: a class with <see cref="BlockAttribute"/> and layers.</typeparam>
public sealed class ResidualAttribute<TBlock> : LayerAttribute
    where TBlock : class
{
    /// <summary>How often, at least 1; each repetition takes the value of the one before and has parameters of its own.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>
    /// Whether the shortcut brings <c>x</c> to the body's shape by a linear map without bias: of images and sequences a convolution of one
    /// cell with the stride that leads to as many places, of other features a dense layer. A <see cref="BatchNormAttribute"/> follows it
    /// where the body has one.
    /// </summary>
    public bool Projection { get; set; }

    /// <summary>The block that is the shortcut, instead of <c>x</c> itself.</summary>
    public Type? Shortcut { get; set; }
}
