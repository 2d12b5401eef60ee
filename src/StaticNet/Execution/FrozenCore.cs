using System.ComponentModel;
using System.Runtime.InteropServices;

namespace StaticNet.Execution;

/// <summary>The run-time half of a frozen network: its weights are in the assembly, where kernels read them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrozenCore : InferenceCore
{
    private readonly AlignedMemory? _constants;
    private readonly nint _matrices;
    private readonly nint _weights;
    private readonly long _floats;

    /// <param name="info">The description that the generator wrote.</param>
    /// <param name="createWorkspace">Makes the generated workspace.</param>
    /// <param name="owner">The generated class, whose assembly has the weights.</param>
    /// <param name="resource">The resource that has them.</param>
    /// <param name="floats">How many there are; with none the resource is not looked for.</param>
    /// <param name="values">Values that are part of the code.</param>
    /// <param name="matrices">Matrices of mostly zeros that are part of the code, in the order for vectors of this machine.</param>
    /// <exception cref="InvalidOperationException">The assembly has no such resource, or one of another length.</exception>
    public FrozenCore(
        NetworkInfo info,
        Func<Workspace> createWorkspace,
        Type owner,
        string resource,
        long floats,
        ReadOnlySpan<float> values = default,
        ReadOnlySpan<int> matrices = default)
        : base(info, createWorkspace)
    {
        // The compiler puts constants anywhere, across the lines of caches too, where vectors take longer to load; there are few.
        if (values.Length + matrices.Length > 0)
        {
            _constants = new AlignedMemory(values.Length + matrices.Length);
            values.CopyTo(_constants.Span);
            MemoryMarshal.Cast<int, float>(matrices).CopyTo(_constants.Span[values.Length..]);
            _matrices = _constants.Address + (values.Length * sizeof(float));
        }

        _floats = floats;
        _weights = floats == 0 ? 0 : Locate(owner, resource, floats * sizeof(float));
    }

    private protected override nint Parameters => _weights;

    private protected override long ParameterFloats => _floats;

    private protected override void Place(Workspace work)
    {
        base.Place(work);
        work.Constants = _constants?.Address ?? 0;
        work.Matrices = _matrices;
    }

    private protected override void Free() => _constants?.Dispose();

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
