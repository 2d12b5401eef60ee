using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>An exponential moving average, β·a + (1 − β)·x.</summary>
internal readonly struct MovingAverage(double beta)
{
    private readonly float _old = (float)beta;
    private readonly float _new = (float)(1 - beta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Move<TLanes, TVector>(ref float average, TVector value, nuint index)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var moved = TLanes.MultiplyAdd(
            TLanes.Create(_old), TLanes.Load(in average, index), TLanes.Multiply(TLanes.Create(_new), value));
        moved = TLanes.Flush(moved);
        TLanes.Store(moved, ref average, index);
        return moved;
    }
}
