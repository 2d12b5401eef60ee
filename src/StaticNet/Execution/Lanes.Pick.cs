using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Execution;

/// <content>Elements of a block of 16 floats, chosen lane by lane by the lowest four bits of an integer.</content>
public static partial class Lanes
{
    /// <summary>One of 16 floats for each of 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pick(ref float block, Vector512<int> places) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(ref block), places)
        : Vector512.Create(Pick(ref block, places.GetLower()), Pick(ref block, places.GetUpper()));

    /// <summary>One of 16 floats for each of 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pick(ref float block, Vector256<int> places)
    {
        if (Avx2.IsSupported)
        {
            // The permutations see three bits; the fourth says which of the two halves is meant.
            var lower = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref block), places);
            var upper = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref block, 8), places);
            return Avx.BlendVariable(lower, upper, (places << 28).AsSingle());
        }

        return Vector256.Create(Pick(ref block, places.GetLower()), Pick(ref block, places.GetUpper()));
    }

    /// <summary>One of 16 floats for each of 4 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pick(ref float block, Vector128<int> places)
    {
        places &= Vector128.Create(15);
        if (AdvSimd.Arm64.IsSupported)
        {
            // A table of 64 bytes: the four bytes of float i are those from 4·i on.
            var table = (
                Vector128.LoadUnsafe(ref block).AsByte(), Vector128.LoadUnsafe(ref block, 4).AsByte(),
                Vector128.LoadUnsafe(ref block, 8).AsByte(), Vector128.LoadUnsafe(ref block, 12).AsByte());
            return AdvSimd.Arm64.VectorTableLookup(table, ((places * 0x04040404) + Vector128.Create(0x03020100)).AsByte()).AsSingle();
        }

        return Vector128.Create(
            Unsafe.Add(ref block, places.GetElement(0)), Unsafe.Add(ref block, places.GetElement(1)),
            Unsafe.Add(ref block, places.GetElement(2)), Unsafe.Add(ref block, places.GetElement(3)));
    }
}
