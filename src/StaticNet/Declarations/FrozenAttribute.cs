namespace StaticNet;

/// <summary>
/// Makes a partial class a network that has learned: the layers of another class, with weights that become part of the assembly. It
/// predicts, and needs no file, no memory of its own for weights and no time to load them.
/// </summary>
/// <typeparam name="TNetwork">A class with <see cref="NetworkAttribute"/> and layers.</typeparam>
/// <param name="weights">
/// The name of a file that <c>Save</c> of that class wrote. The project lists it: <c>&lt;StaticNetWeights Include="mnist.safetensors" /&gt;</c>.
/// </param>
/// <remarks>
/// What depends on weights alone is computed when the project is built: batch normalisation becomes one multiplication and one addition.
/// Layers that only train are gone. Where most weights of a dense layer are zero, only the others are kept and computed with.
/// </remarks>
/// <example>
/// <code>
/// [Frozen&lt;MnistCnn&gt;("mnist.safetensors")]
/// public partial class DigitReader;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FrozenAttribute<TNetwork>(string weights) : Attribute
    where TNetwork : class
{
    /// <summary>The name of the file.</summary>
    public string Weights { get; } = weights;
}
