using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>Brings together the sums that several threads made of their parts of the rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ColumnSums
{
    /// <summary>
    /// For each column the sum over the parts, from the first to the last: a column is a lane of its own, so the bits are the same at
    /// every width. Parts and target are whole vectors of 16 floats.
    /// </summary>
    public static void Add(nint partSums, int parts, int columns, nint target, bool accumulate)
    {
        ref var from = ref Address.ToRef(partSums);
        ref var to = ref Address.ToRef(target);
        for (nuint column = 0; column < (nuint)columns; column += (nuint)Vector<float>.Count)
        {
            var sum = Vector.LoadUnsafe(ref from, column);
            for (var part = 1; part < parts; part++)
            {
                sum += Vector.LoadUnsafe(ref Unsafe.Add(ref from, (nint)part * columns), column);
            }

            if (accumulate)
            {
                sum += Vector.LoadUnsafe(ref to, column);
            }

            sum.StoreUnsafe(ref to, column);
        }
    }

    /// <summary>Adds whole vectors of 16 floats to others.</summary>
    public static void Add(nint values, int length, nint target)
    {
        ref var from = ref Address.ToRef(values);
        ref var to = ref Address.ToRef(target);
        for (nuint i = 0; i < (nuint)length; i += (nuint)Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref to, i) + Vector.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }
}
