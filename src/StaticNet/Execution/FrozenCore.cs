using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>The run-time half of a frozen network: its weights are in the assembly, where kernels read them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrozenCore : InferenceCore
{
    private readonly nint _weights;
    private readonly long _floats;

    /// <param name="info">The description that the generator wrote.</param>
    /// <param name="createWorkspace">Makes the generated workspace.</param>
    /// <param name="owner">The generated class, whose assembly has the weights.</param>
    /// <param name="resource">The resource that has them.</param>
    /// <param name="floats">How many there are; with none the resource is not looked for.</param>
    /// <exception cref="InvalidOperationException">The assembly has no such resource, or one of another length.</exception>
    public FrozenCore(NetworkInfo info, Func<Workspace> createWorkspace, Type owner, string resource, long floats)
        : base(info, createWorkspace)
    {
        _floats = floats;
        _weights = floats == 0 ? 0 : Locate(owner, resource, floats * sizeof(float));
    }

    private protected override nint Parameters => _weights;

    private protected override long ParameterFloats => _floats;

    /// <summary>
    /// Resources of an assembly are mapped with it, and stay where they are as long as its classes live: nothing is read or copied here.
    /// </summary>
    private static unsafe nint Locate(Type owner, string resource, long bytes)
    {
        ArgumentNullException.ThrowIfNull(owner);
        using var stream = owner.Assembly.GetManifestResourceStream(resource) as UnmanagedMemoryStream;
        return stream is null ? throw new InvalidOperationException($"The assembly of {owner} has no resource '{resource}', in which its weights should be.")
            : stream.Length != bytes ? throw new InvalidOperationException(
                $"The resource '{resource}' has {stream.Length} bytes, but {owner} was compiled for {bytes}: rebuild its project.")
            : (nint)stream.PositionPointer;
    }
}
