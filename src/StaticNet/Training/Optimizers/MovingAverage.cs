using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>An exponential moving average, β·a + (1 − β)·x.</summary>
internal readonly struct MovingAverage(double beta)
{
    /// <summary>β.</summary>
    public float Old { get; } = (float)beta;

    /// <summary>1 − β.</summary>
    public float New { get; } = (float)(1 - beta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Move<TLanes, TVector>(ref float average, TVector value, nuint index)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var moved = TLanes.MultiplyAdd(
            TLanes.Create(Old), TLanes.Load(in average, index), TLanes.Multiply(TLanes.Create(New), value));
        moved = TLanes.Flush(moved);
        TLanes.Store(moved, ref average, index);
        return moved;
    }
}
