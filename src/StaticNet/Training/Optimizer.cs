using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Changes parameters along their gradients. An optimizer belongs to the first network it steps, since it keeps state for each of its
/// parameters.
/// </summary>
public abstract class Optimizer
{
    /// <summary>Whether a step needs the whole gradient before it changes anything, as clipping by norm does.</summary>
    internal abstract bool NeedsWholeGradient { get; }

    /// <summary>Makes state for a network's parameters, once.</summary>
    /// <exception cref="InvalidOperationException">The optimizer belongs to another network.</exception>
    internal abstract void Attach(NetworkCore network);

    /// <summary>Begins a step: counts it and works out its scalars. With the whole gradient when it is needed.</summary>
    internal abstract void BeginStep();

    /// <summary>
    /// Applies the gradient of parameters [offset, offset + length) of the arena, one pass: regularisation, clipping by value, decay and
    /// update. Called from several threads for disjoint ranges of one tensor each.
    /// </summary>
    internal abstract void Apply(long offset, int length, nint gradient);

    /// <summary>Applies a whole gradient arena: clipping by norm first, then every parameter.</summary>
    internal abstract void ApplyAll(nint gradients, int threads);
}
