namespace StaticNet.Execution;

/// <summary>What one call of an optimizer kernel works on: a range of one parameter, its gradient and its state.</summary>
/// <param name="Parameter">Where the range begins.</param>
/// <param name="Gradient">Where its gradient begins.</param>
/// <param name="Length">Floats; a multiple of 16.</param>
/// <param name="Shaping">What happens to the gradient before the rule sees it.</param>
internal readonly record struct Slice(nint Parameter, nint Gradient, int Length, GradientShaping Shaping)
{
    /// <summary>The first state of the range, if the rule keeps one.</summary>
    public nint State0 { get; init; }

    /// <summary>The second state of the range, if the rule keeps two.</summary>
    public nint State1 { get; init; }
}

/// <summary>Penalties and clipping: g = clamp(scale·(g + L1·sign(w) + 2·L2·w), ±limit).</summary>
/// <param name="L1">λ of λ·Σ|w|.</param>
/// <param name="TwiceL2">2λ of λ·Σw².</param>
/// <param name="Scale">Brings the norm of the whole gradient within its bound.</param>
/// <param name="Limit">Bound of each element; infinite for none.</param>
internal readonly record struct GradientShaping(float L1, float TwiceL2, float Scale, float Limit)
{
    /// <summary>Leaves the gradient as it is.</summary>
    public static GradientShaping None => new(0, 0, 1, float.PositiveInfinity);
}
