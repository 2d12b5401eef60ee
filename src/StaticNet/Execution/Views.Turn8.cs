using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>Turns 8 rows of 8 floats: blocks swap across the diagonal, then blocks half as large within them, down to single floats.</summary>
    private static void Turn8(float* source, int sourceStride, int sourceRows, float* target, int targetStride, int targetRows)
    {
        var r0 = Vector256.Load(source);
        var r1 = 1 < sourceRows ? Vector256.Load(source + (1 * sourceStride)) : Vector256<float>.Zero;
        var r2 = 2 < sourceRows ? Vector256.Load(source + (2 * sourceStride)) : Vector256<float>.Zero;
        var r3 = 3 < sourceRows ? Vector256.Load(source + (3 * sourceStride)) : Vector256<float>.Zero;
        var r4 = 4 < sourceRows ? Vector256.Load(source + (4 * sourceStride)) : Vector256<float>.Zero;
        var r5 = 5 < sourceRows ? Vector256.Load(source + (5 * sourceStride)) : Vector256<float>.Zero;
        var r6 = 6 < sourceRows ? Vector256.Load(source + (6 * sourceStride)) : Vector256<float>.Zero;
        var r7 = 7 < sourceRows ? Vector256.Load(source + (7 * sourceStride)) : Vector256<float>.Zero;

        var order4 = Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3);
        var keep4 = Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle();
        Swap(ref r0, ref r4, order4, keep4);
        Swap(ref r1, ref r5, order4, keep4);
        Swap(ref r2, ref r6, order4, keep4);
        Swap(ref r3, ref r7, order4, keep4);

        var order2 = Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5);
        var keep2 = Vector256.Create(-1, -1, 0, 0, -1, -1, 0, 0).AsSingle();
        Swap(ref r0, ref r2, order2, keep2);
        Swap(ref r1, ref r3, order2, keep2);
        Swap(ref r4, ref r6, order2, keep2);
        Swap(ref r5, ref r7, order2, keep2);

        var order1 = Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6);
        var keep1 = Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0).AsSingle();
        Swap(ref r0, ref r1, order1, keep1);
        Swap(ref r2, ref r3, order1, keep1);
        Swap(ref r4, ref r5, order1, keep1);
        Swap(ref r6, ref r7, order1, keep1);

        r0.Store(target);
        Store(r1, target, 1, targetStride, targetRows);
        Store(r2, target, 2, targetStride, targetRows);
        Store(r3, target, 3, targetStride, targetRows);
        Store(r4, target, 4, targetStride, targetRows);
        Store(r5, target, 5, targetStride, targetRows);
        Store(r6, target, 6, targetStride, targetRows);
        Store(r7, target, 7, targetStride, targetRows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref Vector256<float> a, ref Vector256<float> b, Vector256<int> order, Vector256<float> keep)
    {
        var upper = Vector256.ConditionalSelect(keep, a, Vector256.Shuffle(b, order));
        b = Vector256.ConditionalSelect(keep, Vector256.Shuffle(a, order), b);
        a = upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> vector, float* target, int row, int stride, int rows)
    {
        if (row < rows)
        {
            vector.Store(target + (row * stride));
        }
    }
}
