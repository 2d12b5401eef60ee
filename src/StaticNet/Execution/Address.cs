using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>The address of constants that are part of the code and never move: <c>ReadOnlySpan&lt;float&gt; Values => [1, 2, 3];</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint OfConstants(ReadOnlySpan<float> values) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));

    /// <summary>The first of integers that are part of the code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int First(ReadOnlySpan<int> integers) => ref MemoryMarshal.GetReference(integers);

    /// <summary>The 32-bit integer at <paramref name="address"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int ToIntRef(nint address) => ref Unsafe.AsRef<int>((void*)address);
}
