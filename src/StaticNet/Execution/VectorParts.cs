using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>
/// The first lanes of a vector: rows that end inside one are read and written without touching a byte beyond them. Counts are constants
/// in generated code, so the branches on them vanish.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorParts
{
    /// <summary>The lanes of <paramref name="yes"/> where the mask is set, of <paramref name="no"/> where it is not.</summary>
    /// <remarks>
    /// .NET 9 keeps comparisons in mask registers, and when it runs out of these it uses one before it has loaded it back. There the mask
    /// is a vector.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> yes, Vector512<float> no) =>
#if NET10_0_OR_GREATER
        Vector512.ConditionalSelect(mask, yes, no);
#else
        Vector512.BitwiseOr(Vector512.BitwiseAnd(mask, yes), Vector512.AndNot(no, mask));
#endif

    /// <summary>The first <paramref name="count"/> lanes; the others become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepFirst(Vector512<float> vector, int count) =>
        KeepFirst(vector, count, Vector512<float>.Zero);

    /// <inheritdoc cref="KeepFirst(Vector512{float}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepFirst(Vector256<float> vector, int count) =>
        KeepFirst(vector, count, Vector256<float>.Zero);

    /// <inheritdoc cref="KeepFirst(Vector512{float}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepFirst(Vector128<float> vector, int count) =>
        KeepFirst(vector, count, Vector128<float>.Zero);

    /// <summary>The first <paramref name="count"/> lanes, the others from <paramref name="rest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepFirst(Vector512<float> vector, int count, Vector512<float> rest) =>
        Select(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), vector, rest);

    /// <inheritdoc cref="KeepFirst(Vector512{float}, int, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepFirst(Vector256<float> vector, int count, Vector256<float> rest) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), vector, rest);

    /// <inheritdoc cref="KeepFirst(Vector512{float}, int, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepFirst(Vector128<float> vector, int count, Vector128<float> rest) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), vector, rest);

    /// <summary>Writes the first <paramref name="count"/> lanes, 1 to 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector512<float> vector, int count, ref float destination)
    {
        if (count >= 8)
        {
            vector.GetLower().StoreUnsafe(ref destination);
            if (count > 8)
            {
                StoreFirst(vector.GetUpper(), count - 8, ref Unsafe.Add(ref destination, 8));
            }
        }
        else
        {
            StoreFirst(vector.GetLower(), count, ref destination);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes, 1 to 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector256<float> vector, int count, ref float destination)
    {
        if (count >= 4)
        {
            vector.GetLower().StoreUnsafe(ref destination);
            if (count > 4)
            {
                StoreFirst(vector.GetUpper(), count - 4, ref Unsafe.Add(ref destination, 4));
            }
        }
        else
        {
            StoreFirst(vector.GetLower(), count, ref destination);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes, 1 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector128<float> vector, int count, ref float destination)
    {
        if (count >= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref destination), vector.AsDouble().ToScalar());
        }

        if ((count & 1) != 0)
        {
            Unsafe.Add(ref destination, count - 1) = vector.GetElement(count - 1);
        }
    }

    /// <summary>Reads <paramref name="count"/> lanes, 1 to 15; the others are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadFirst512(ref float source, int count) => count >= 8
        ? Vector512.Create(Vector256.LoadUnsafe(ref source), count == 8 ? Vector256<float>.Zero : LoadFirst256(ref Unsafe.Add(ref source, 8), count - 8))
        : Vector512.Create(LoadFirst256(ref source, count), Vector256<float>.Zero);

    /// <summary>Reads <paramref name="count"/> lanes, 1 to 7; the others are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadFirst256(ref float source, int count) => count >= 4
        ? Vector256.Create(Vector128.LoadUnsafe(ref source), count == 4 ? Vector128<float>.Zero : LoadFirst128(ref Unsafe.Add(ref source, 4), count - 4))
        : Vector256.Create(LoadFirst128(ref source, count), Vector128<float>.Zero);

    /// <summary>Reads <paramref name="count"/> lanes, 1 to 3; the others are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadFirst128(ref float source, int count) => count switch
    {
        1 => Vector128.CreateScalar(source),
        2 => Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref source))).AsSingle(),
        _ => Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref source))).AsSingle()
            .WithElement(2, Unsafe.Add(ref source, 2)),
    };
}
