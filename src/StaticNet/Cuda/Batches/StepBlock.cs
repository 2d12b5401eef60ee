namespace StaticNet.Cuda;

/// <summary>
/// What changes from step to step, at the begin of a batch: <see cref="CudaStep"/>, then the numbers of the optimizer's rule, the bound of
/// the gradient's norm, and the scale that keeps it.
/// </summary>
internal static class StepBlock
{
    /// <summary>Room for all of it.</summary>
    public const int Bytes = 256;

    /// <summary>Where the numbers of the rule begin, in bytes.</summary>
    public const int Rule = 64;

    /// <summary>The most numbers of a rule.</summary>
    public const int RuleFloats = 16;

    /// <summary>Where the bound of the norm is, a double.</summary>
    public const int NormBound = 128;

    /// <summary>Where the scale of the gradient is, a float: one, until a kernel replaces it.</summary>
    public const int Scale = 136;

    /// <summary>The part that belongs to the optimizer.</summary>
    public static BytesRange OptimizerPart => new(Rule, Bytes - Rule);

    /// <summary>Writes what random numbers depend on.</summary>
    public static unsafe void WriteStep(nint block, CudaStep step) => *(CudaStep*)block = step;

    /// <summary>Writes what the kernels of an optimizer read.</summary>
    public static unsafe void WriteOptimizer(nint block, Optimizer optimizer)
    {
        optimizer.DeviceRule(new Span<float>((void*)(block + Rule), RuleFloats));
        *(double*)(block + NormBound) = optimizer.ClipNorm ?? double.PositiveInfinity;
        *(float*)(block + Scale) = 1;
    }
}
