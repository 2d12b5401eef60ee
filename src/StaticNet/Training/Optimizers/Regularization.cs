using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>The penalties λ₁·Σ|w| + λ₂·Σw² of the parameters that have any: what is added to the loss.</summary>
internal static class Regularization
{
    /// <summary>The sum over all parameters, the same bits at every vector width.</summary>
    public static double Penalty(NetworkInfo info, nint parameters)
    {
        var penalty = 0.0;
        foreach (var parameter in info.Parameters)
        {
            var storage = parameters + (nint)(parameter.Offset * sizeof(float));
            if (parameter.L1 > 0)
            {
                penalty += parameter.L1 * Sum<Magnitudes>(storage, parameter.Layout.Length);
            }

            if (parameter.L2 > 0)
            {
                penalty += parameter.L2 * Sum<Squares>(storage, parameter.Layout.Length);
            }
        }

        return penalty;
    }

    private static double Sum<TTerm>(nint storage, long length)
        where TTerm : struct, ITerm
    {
        Span<double> sums = stackalloc double[ParameterLayout.Lanes];
        sums.Clear();
        if (Vector512.IsHardwareAccelerated)
        {
            Add<TTerm, Lanes512, Vector512<float>>(storage, length, ref sums[0]);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Add<TTerm, Lanes256, Vector256<float>>(storage, length, ref sums[0]);
        }
        else
        {
            Add<TTerm, Lanes128, Vector128<float>>(storage, length, ref sums[0]);
        }

        return LaneSums.Fold(sums);
    }

    private static void Add<TTerm, TLanes, TVector>(nint storage, long length, ref double sums)
        where TTerm : struct, ITerm
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var parameter = ref Address.ToRef(storage);
        for (nuint i = 0; i < (nuint)length; i += (nuint)TLanes.Count)
        {
            TTerm.Add<TLanes, TVector>(TLanes.Load(in parameter, i), ref Unsafe.Add(ref sums, i % ParameterLayout.Lanes));
        }
    }

    private interface ITerm
    {
        static abstract void Add<TLanes, TVector>(TVector value, ref double sums)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct;
    }

    private readonly struct Magnitudes : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TLanes, TVector>(TVector value, ref double sums)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct => TLanes.AddMagnitudes(value, ref sums);
    }

    private readonly struct Squares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TLanes, TVector>(TVector value, ref double sums)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct => TLanes.AddSquares(value, ref sums);
    }
}
