namespace StaticNet;

/// <summary>
/// Makes a class a block: layers, in source order, that networks and other blocks use as one. It has no <see cref="InputAttribute"/> and
/// no loss and takes its shape from where it is used. Its layers see each other and, by the name <c>input</c>, the value that the block
/// takes; nothing outside sees their names.
/// </summary>
/// <example>
/// <code>
/// [Block]
/// [Dense(Width.Same), Relu, Dense(Width.Same)]
/// public class Body;
///
/// [Network]
/// [Input(64)]
/// [Residual&lt;Body&gt;(Repeat = 3), Dense(10), SoftmaxCrossEntropy]
/// public partial class Net;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;

/// <summary>
/// The layers of a block, one after the other. Parameters of its layers are named after it: <c>stem.dense1.weight</c>, and with
/// <see cref="Repeat"/> after the repetition too: <c>stem.0.dense1.weight</c>.
/// </summary>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/> and layers.</typeparam>
public sealed class BlockAttribute<TBlock> : LayerAttribute
    where TBlock : class
{
    /// <summary>How often, at least 1; each repetition takes the value of the one before and has parameters of its own.</summary>
    public int Repeat { get; set; } = 1;
}
