using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>Runs an update rule over a range: one pass, at the widest registers of the machine.</summary>
internal static class UpdateKernel
{
    /// <summary>Changes the parameters of a slice.</summary>
    public static void Run<TRule>(TRule rule, in Slice slice)
        where TRule : struct, IUpdateRule
    {
        if (slice.Shaping == GradientShaping.None)
        {
            Dispatch<TRule, Plain>(rule, slice);
        }
        else
        {
            Dispatch<TRule, Shaped>(rule, slice);
        }
    }

    /// <summary>Adds Σg² of a slice's shaped gradient to 16 sums, element i to sum i mod 16.</summary>
    public static void AddSquares(in Slice slice, ref double sums)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddSquares<Lanes512, Vector512<float>>(slice, ref sums);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddSquares<Lanes256, Vector256<float>>(slice, ref sums);
        }
        else
        {
            AddSquares<Lanes128, Vector128<float>>(slice, ref sums);
        }
    }

    private static void Dispatch<TRule, TShape>(TRule rule, in Slice slice)
        where TRule : struct, IUpdateRule
        where TShape : struct, IShaping
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<TRule, TShape, Lanes512, Vector512<float>>(rule, slice);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Loop<TRule, TShape, Lanes256, Vector256<float>>(rule, slice);
        }
        else
        {
            Loop<TRule, TShape, Lanes128, Vector128<float>>(rule, slice);
        }
    }

    private static void Loop<TRule, TShape, TLanes, TVector>(TRule rule, Slice slice)
        where TRule : struct, IUpdateRule
        where TShape : struct, IShaping
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var parameter = ref Address.ToRef(slice.Parameter);
        ref var gradient = ref Address.ToRef(slice.Gradient);
        ref var state0 = ref Address.ToRef(slice.State0);
        ref var state1 = ref Address.ToRef(slice.State1);
        var shaping = slice.Shaping;
        var length = (nuint)slice.Length;
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
        {
            var w = TLanes.Load(in parameter, i);
            var g = TShape.Shape<TLanes, TVector>(TLanes.Load(in gradient, i), w, shaping);
            TLanes.Store(rule.Update<TLanes, TVector>(w, g, ref state0, ref state1, i), ref parameter, i);
        }
    }

    private static void AddSquares<TLanes, TVector>(in Slice slice, ref double sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var parameter = ref Address.ToRef(slice.Parameter);
        ref var gradient = ref Address.ToRef(slice.Gradient);
        var shaping = slice.Shaping;
        var length = (nuint)slice.Length;
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
        {
            var g = Shaped.Shape<TLanes, TVector>(TLanes.Load(in gradient, i), TLanes.Load(in parameter, i), shaping);
            TLanes.AddSquares(g, ref Unsafe.Add(ref sums, i % ParameterLayout.Lanes));
        }
    }

    private interface IShaping
    {
        static abstract TVector Shape<TLanes, TVector>(TVector gradient, TVector parameter, GradientShaping shaping)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct;
    }

    private readonly struct Plain : IShaping
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Shape<TLanes, TVector>(TVector gradient, TVector parameter, GradientShaping shaping)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct => gradient;
    }

    private readonly struct Shaped : IShaping
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Shape<TLanes, TVector>(TVector gradient, TVector parameter, GradientShaping shaping)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var g = TLanes.MultiplyAdd(parameter, TLanes.Create(shaping.TwiceL2), gradient);
            g = TLanes.Add(TLanes.Sign(parameter, TLanes.Create(shaping.L1)), g);
            g = TLanes.ScaleNonzero(g, TLanes.Create(shaping.Scale));
            return TLanes.Clamp(g, TLanes.Create(shaping.Limit));
        }
    }
}
