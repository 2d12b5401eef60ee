using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

// Every reduction keeps 16 virtual lanes, in one, two or four vectors, and ends in one of these: halves of 8, 4, 2 and 1 are
// combined in the same order at every width, so the bits are the same.
public static partial class VectorMath
{
    /// <summary>Sum of 16 lanes: the upper half is added to the lower until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Vector512<float> lanes) => FoldSum(lanes.GetLower(), lanes.GetUpper());

    /// <summary>Sum of 16 lanes in two vectors, bit for bit that of one 512-bit vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Vector256<float> lanes0, Vector256<float> lanes8)
    {
        var eight = lanes0 + lanes8;
        return FoldSum(eight.GetLower() + eight.GetUpper());
    }

    /// <summary>Sum of 16 lanes in four vectors, bit for bit that of one 512-bit vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldSum(Vector128<float> lanes0, Vector128<float> lanes4, Vector128<float> lanes8, Vector128<float> lanes12) =>
        FoldSum((lanes0 + lanes8) + (lanes4 + lanes12));

    /// <summary>Largest of 16 lanes; NaN if any is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Vector512<float> lanes) => FoldMax(lanes.GetLower(), lanes.GetUpper());

    /// <summary>Largest of 16 lanes in two vectors; NaN if any is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Vector256<float> lanes0, Vector256<float> lanes8)
    {
        var eight = Max(lanes0, lanes8);
        return FoldMax(Max(eight.GetLower(), eight.GetUpper()));
    }

    /// <summary>Largest of 16 lanes in four vectors; NaN if any is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FoldMax(Vector128<float> lanes0, Vector128<float> lanes4, Vector128<float> lanes8, Vector128<float> lanes12) =>
        FoldMax(Max(Max(lanes0, lanes8), Max(lanes4, lanes12)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float FoldSum(Vector128<float> four)
    {
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float FoldMax(Vector128<float> four)
    {
        var two = Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Max(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
