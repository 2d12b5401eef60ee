using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Execution;

/// <content>Floats of a block, chosen lane by lane by the lowest bits of an integer: as many as one instruction can choose among.</content>
public static partial class Lanes
{
    /// <summary>One of 32 floats for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pick(ref float block, Vector512<int> places) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref block), places, Vector512.LoadUnsafe(ref block, 16))
        : Vector512.Create(Pick(ref block, places.GetLower(), 31), Pick(ref block, places.GetUpper(), 31));

    /// <summary>One of 8 floats for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pick(ref float block, Vector256<int> places) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref block), places)
        : Pick(ref block, places, 7);

    /// <summary>One of 16 floats for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pick(ref float block, Vector128<int> places)
    {
        if (!AdvSimd.Arm64.IsSupported)
        {
            return Pick(ref block, places, 15);
        }

        // A table of 64 bytes: the four bytes of float i are those from 4·i on.
        var table = (
            Vector128.LoadUnsafe(ref block).AsByte(), Vector128.LoadUnsafe(ref block, 4).AsByte(),
            Vector128.LoadUnsafe(ref block, 8).AsByte(), Vector128.LoadUnsafe(ref block, 12).AsByte());
        var bytes = ((places & Vector128.Create(15)) * 0x04040404) + Vector128.Create(0x03020100);
        return AdvSimd.Arm64.VectorTableLookup(table, bytes.AsByte()).AsSingle();
    }

    private static Vector256<float> Pick(ref float block, Vector256<int> places, int mask) =>
        Vector256.Create(Pick(ref block, places.GetLower(), mask), Pick(ref block, places.GetUpper(), mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pick(ref float block, Vector128<int> places, int mask)
    {
        places &= Vector128.Create(mask);
        return Vector128.Create(
            Unsafe.Add(ref block, places.GetElement(0)), Unsafe.Add(ref block, places.GetElement(1)),
            Unsafe.Add(ref block, places.GetElement(2)), Unsafe.Add(ref block, places.GetElement(3)));
    }
}
