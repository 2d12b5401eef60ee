using System.ComponentModel;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>A network that maps batches of one shape to batches of another. Generated classes implement it.</summary>
/// <typeparam name="TInput">The shape of a sample; <c>Inputs&lt;…&gt;</c> for several inputs.</typeparam>
/// <typeparam name="TOutput">The shape of an output.</typeparam>
public interface INetwork<TInput, TOutput> : IDisposable
    where TInput : IShape
    where TOutput : IShape
{
    /// <summary>What the library keeps for the network.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    NetworkCore Core { get; }
}

/// <summary>A network with a loss. Generated classes implement it; training is written against it once.</summary>
/// <typeparam name="TInput">The shape of a sample.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="ClassIndex{TClasses}"/> or a shape.</typeparam>
public interface ITrainable<TInput, TTarget> : IDisposable
    where TInput : IShape
    where TTarget : ITarget
{
    /// <summary>What the library keeps for the network.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    NetworkCore Core { get; }
}
