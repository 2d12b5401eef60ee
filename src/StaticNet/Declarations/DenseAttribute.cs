namespace StaticNet;

/// <summary>
/// A fully connected layer: <c>y[…, o] = bias[o] + Σᵢ x[…, i] · weight[o, i]</c>. It works on the last axis: [i] → [units] and
/// [a, b, i] → [a, b, units]. Parameters are <c>weight</c> [units, i] and <c>bias</c> [units].
/// </summary>
public sealed class DenseAttribute : LayerAttribute
{
    /// <summary>So many outputs.</summary>
    /// <param name="units">The number of outputs, at least 1.</param>
    public DenseAttribute(int units) => Units = units;

    /// <summary>Outputs in proportion to the inputs.</summary>
    /// <param name="width">Their proportion.</param>
    public DenseAttribute(Width width) => Width = width;

    /// <summary>The number of outputs; 0 where <see cref="Width"/> says it.</summary>
    public int Units { get; }

    /// <summary>The outputs relative to the inputs, where <see cref="Units"/> does not say their number.</summary>
    public Width? Width { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weight starts.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>How the bias starts: zero unless this says otherwise; fans are the weight's.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary>The value of whichever initialiser is <see cref="Initializer.Constant"/>.</summary>
    public double InitialValue { get; set; }

    /// <summary>λ ≥ 0 of the penalty <c>λ · Σ|w|</c> that the weight, not the bias, adds to the loss of a batch.</summary>
    public double L1 { get; set; }

    /// <summary>λ ≥ 0 of the penalty <c>λ · Σw²</c> that the weight, not the bias, adds to the loss of a batch.</summary>
    public double L2 { get; set; }
}
