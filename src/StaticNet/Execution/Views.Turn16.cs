using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>Turns 16 rows of 16 floats: blocks swap across the diagonal, then blocks half as large within them, down to single floats.</summary>
    private static void Turn16(float* source, int sourceStride, int sourceRows, float* target, int targetStride, int targetRows)
    {
        var r0 = Vector512.Load(source);
        var r1 = 1 < sourceRows ? Vector512.Load(source + (1 * sourceStride)) : Vector512<float>.Zero;
        var r2 = 2 < sourceRows ? Vector512.Load(source + (2 * sourceStride)) : Vector512<float>.Zero;
        var r3 = 3 < sourceRows ? Vector512.Load(source + (3 * sourceStride)) : Vector512<float>.Zero;
        var r4 = 4 < sourceRows ? Vector512.Load(source + (4 * sourceStride)) : Vector512<float>.Zero;
        var r5 = 5 < sourceRows ? Vector512.Load(source + (5 * sourceStride)) : Vector512<float>.Zero;
        var r6 = 6 < sourceRows ? Vector512.Load(source + (6 * sourceStride)) : Vector512<float>.Zero;
        var r7 = 7 < sourceRows ? Vector512.Load(source + (7 * sourceStride)) : Vector512<float>.Zero;
        var r8 = 8 < sourceRows ? Vector512.Load(source + (8 * sourceStride)) : Vector512<float>.Zero;
        var r9 = 9 < sourceRows ? Vector512.Load(source + (9 * sourceStride)) : Vector512<float>.Zero;
        var r10 = 10 < sourceRows ? Vector512.Load(source + (10 * sourceStride)) : Vector512<float>.Zero;
        var r11 = 11 < sourceRows ? Vector512.Load(source + (11 * sourceStride)) : Vector512<float>.Zero;
        var r12 = 12 < sourceRows ? Vector512.Load(source + (12 * sourceStride)) : Vector512<float>.Zero;
        var r13 = 13 < sourceRows ? Vector512.Load(source + (13 * sourceStride)) : Vector512<float>.Zero;
        var r14 = 14 < sourceRows ? Vector512.Load(source + (14 * sourceStride)) : Vector512<float>.Zero;
        var r15 = 15 < sourceRows ? Vector512.Load(source + (15 * sourceStride)) : Vector512<float>.Zero;

        var order8 = Vector512.Create(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
        var keep8 = Vector512.Create(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0).AsSingle();
        Swap(ref r0, ref r8, order8, keep8);
        Swap(ref r1, ref r9, order8, keep8);
        Swap(ref r2, ref r10, order8, keep8);
        Swap(ref r3, ref r11, order8, keep8);
        Swap(ref r4, ref r12, order8, keep8);
        Swap(ref r5, ref r13, order8, keep8);
        Swap(ref r6, ref r14, order8, keep8);
        Swap(ref r7, ref r15, order8, keep8);

        var order4 = Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
        var keep4 = Vector512.Create(-1, -1, -1, -1, 0, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0).AsSingle();
        Swap(ref r0, ref r4, order4, keep4);
        Swap(ref r1, ref r5, order4, keep4);
        Swap(ref r2, ref r6, order4, keep4);
        Swap(ref r3, ref r7, order4, keep4);
        Swap(ref r8, ref r12, order4, keep4);
        Swap(ref r9, ref r13, order4, keep4);
        Swap(ref r10, ref r14, order4, keep4);
        Swap(ref r11, ref r15, order4, keep4);

        var order2 = Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
        var keep2 = Vector512.Create(-1, -1, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0).AsSingle();
        Swap(ref r0, ref r2, order2, keep2);
        Swap(ref r1, ref r3, order2, keep2);
        Swap(ref r4, ref r6, order2, keep2);
        Swap(ref r5, ref r7, order2, keep2);
        Swap(ref r8, ref r10, order2, keep2);
        Swap(ref r9, ref r11, order2, keep2);
        Swap(ref r12, ref r14, order2, keep2);
        Swap(ref r13, ref r15, order2, keep2);

        var order1 = Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
        var keep1 = Vector512.Create(-1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0).AsSingle();
        Swap(ref r0, ref r1, order1, keep1);
        Swap(ref r2, ref r3, order1, keep1);
        Swap(ref r4, ref r5, order1, keep1);
        Swap(ref r6, ref r7, order1, keep1);
        Swap(ref r8, ref r9, order1, keep1);
        Swap(ref r10, ref r11, order1, keep1);
        Swap(ref r12, ref r13, order1, keep1);
        Swap(ref r14, ref r15, order1, keep1);

        r0.Store(target);
        Store(r1, target, 1, targetStride, targetRows);
        Store(r2, target, 2, targetStride, targetRows);
        Store(r3, target, 3, targetStride, targetRows);
        Store(r4, target, 4, targetStride, targetRows);
        Store(r5, target, 5, targetStride, targetRows);
        Store(r6, target, 6, targetStride, targetRows);
        Store(r7, target, 7, targetStride, targetRows);
        Store(r8, target, 8, targetStride, targetRows);
        Store(r9, target, 9, targetStride, targetRows);
        Store(r10, target, 10, targetStride, targetRows);
        Store(r11, target, 11, targetStride, targetRows);
        Store(r12, target, 12, targetStride, targetRows);
        Store(r13, target, 13, targetStride, targetRows);
        Store(r14, target, 14, targetStride, targetRows);
        Store(r15, target, 15, targetStride, targetRows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref Vector512<float> a, ref Vector512<float> b, Vector512<int> order, Vector512<float> keep)
    {
        var upper = Vector512.ConditionalSelect(keep, a, Vector512.Shuffle(b, order));
        b = Vector512.ConditionalSelect(keep, Vector512.Shuffle(a, order), b);
        a = upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> vector, float* target, int row, int stride, int rows)
    {
        if (row < rows)
        {
            vector.Store(target + (row * stride));
        }
    }
}
