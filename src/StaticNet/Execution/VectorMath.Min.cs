using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    /// <summary>The smaller of each lane; NaN if either is NaN.</summary>
    /// <remarks>In a reduction pass the accumulator second: its dependency chain is then two instructions.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) =>
        // The native instruction gives its second operand when either is NaN: only a NaN in the first is left to do.
        Vector512.ConditionalSelect(Vector512.Equals(a, a), Vector512.MinNative(a, b), a);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(Vector256.Equals(a, a), Vector256.MinNative(a, b), a);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Equals(a, a), Vector128.MinNative(a, b), a);
}
