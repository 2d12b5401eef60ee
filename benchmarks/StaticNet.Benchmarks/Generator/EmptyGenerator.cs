using Microsoft.CodeAnalysis;

namespace StaticNet.Benchmarks.Generator;

/// <summary>
/// Looks for networks and does nothing with them: what the compiler itself needs for any generator that is driven by an
/// attribute, and so the floor for ours.
/// </summary>
#pragma warning disable RS1042, RS1036 // Measured here, never loaded by a compiler.
internal sealed class EmptyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var networks = context.SyntaxProvider.ForAttributeWithMetadataName(
            "StaticNet.NetworkAttribute",
            static (_, _) => true,
            static (network, _) => network.TargetSymbol.Name);
        context.RegisterSourceOutput(networks, static (_, _) => { });
    }
}
