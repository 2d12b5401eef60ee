using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>The attributes of a network as inputs, layers and loss, in an order that makes sense, blocks expanded.</summary>
/// <param name="network">The attributes by what they see of each other.</param>
/// <param name="inputs">The inputs, in order.</param>
/// <param name="layers">All layers that compute, those in blocks included, in order.</param>
/// <param name="loss">The loss, if there is one.</param>
internal sealed class Declaration(Scope network, IReadOnlyList<Input> inputs, IReadOnlyList<Layer> layers, Loss? loss)
{
    /// <summary>The most inputs that the library has a type for.</summary>
    public const int MaximumInputs = 4;

    /// <summary>More than any network that is known has; what goes beyond it is a mistake in a <c>Repeat</c>.</summary>
    public const int MaximumLayers = 10_000;

    public Scope Network => network;

    public IReadOnlyList<Input> Inputs => inputs;

    public IReadOnlyList<Layer> Layers => layers;

    public Loss? Loss => loss;

    /// <summary>Reads the arguments of all attributes and reports those that are wrong or in the wrong place.</summary>
    public static Declaration Read(EquatableArray<LayerSpec> specs, ICollection<Finding> findings) => new DeclarationReader(findings).Read(specs);
}
