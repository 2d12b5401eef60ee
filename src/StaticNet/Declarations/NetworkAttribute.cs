namespace StaticNet;

/// <summary>
/// Makes a partial class a neural network: the layers are the attributes below it, in source order, and the compiler writes the rest of
/// the class.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// [Input(28, 28, 1)]
/// [Flatten, Dense(500), Relu]
/// [Dense(10)]
/// [SoftmaxCrossEntropy]
/// public partial class Digits;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute;
