using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>Turns 4 rows of 4 floats: blocks swap across the diagonal, then blocks half as large within them, down to single floats.</summary>
    private static void Turn4(float* source, int sourceStride, int sourceRows, float* target, int targetStride, int targetRows)
    {
        var r0 = Vector128.Load(source);
        var r1 = 1 < sourceRows ? Vector128.Load(source + (1 * sourceStride)) : Vector128<float>.Zero;
        var r2 = 2 < sourceRows ? Vector128.Load(source + (2 * sourceStride)) : Vector128<float>.Zero;
        var r3 = 3 < sourceRows ? Vector128.Load(source + (3 * sourceStride)) : Vector128<float>.Zero;

        var order2 = Vector128.Create(2, 3, 0, 1);
        var keep2 = Vector128.Create(-1, -1, 0, 0).AsSingle();
        Swap(ref r0, ref r2, order2, keep2);
        Swap(ref r1, ref r3, order2, keep2);

        var order1 = Vector128.Create(1, 0, 3, 2);
        var keep1 = Vector128.Create(-1, 0, -1, 0).AsSingle();
        Swap(ref r0, ref r1, order1, keep1);
        Swap(ref r2, ref r3, order1, keep1);

        r0.Store(target);
        Store(r1, target, 1, targetStride, targetRows);
        Store(r2, target, 2, targetStride, targetRows);
        Store(r3, target, 3, targetStride, targetRows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref Vector128<float> a, ref Vector128<float> b, Vector128<int> order, Vector128<float> keep)
    {
        var upper = Vector128.ConditionalSelect(keep, a, Vector128.Shuffle(b, order));
        b = Vector128.ConditionalSelect(keep, Vector128.Shuffle(a, order), b);
        a = upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> vector, float* target, int row, int stride, int rows)
    {
        if (row < rows)
        {
            vector.Store(target + (row * stride));
        }
    }
}
