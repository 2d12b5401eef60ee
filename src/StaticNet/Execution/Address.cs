using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>
/// Turns addresses of native or pinned memory into managed references, so that generated kernels need no <c>unsafe</c>
/// in the project they are compiled into.
/// </summary>
/// <remarks>Nothing is checked: an address is valid when the memory behind it is alive and does not move.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Address
{
    /// <summary>The float at <paramref name="address"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float ToRef(nint address) => ref Unsafe.AsRef<float>((void*)address);

    /// <summary>The 32-bit integer at <paramref name="address"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int ToIntRef(nint address) => ref Unsafe.AsRef<int>((void*)address);
}
