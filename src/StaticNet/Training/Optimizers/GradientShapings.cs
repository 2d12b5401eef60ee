namespace StaticNet.Execution;

/// <summary>How the gradient of each parameter of a network is shaped: its own penalties, and the optimizer's bound.</summary>
internal sealed class GradientShapings
{
    private readonly long[] _offsets;
    private readonly GradientShaping[] _shapings;
    private readonly bool _alike;

    public GradientShapings(NetworkInfo info, double? limit)
    {
        var bound = limit is { } value ? (float)value : float.PositiveInfinity;
        _offsets = Array.ConvertAll(info.Parameters, parameter => parameter.Offset);
        _shapings = Array.ConvertAll(
            info.Parameters, parameter => new GradientShaping((float)parameter.L1, (float)(2 * parameter.L2), 1, bound));
        _alike = Array.TrueForAll(_shapings, shaping => shaping == _shapings[0]);
    }

    /// <summary>The shaping of the parameter that an offset in the arena lies in.</summary>
    public GradientShaping At(long offset)
    {
        if (_alike)
        {
            return _shapings[0];
        }

        var index = Array.BinarySearch(_offsets, offset);
        return _shapings[index >= 0 ? index : ~index - 1];
    }
}
