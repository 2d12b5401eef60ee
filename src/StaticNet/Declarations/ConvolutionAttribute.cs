namespace StaticNet;

/// <summary>What the layers have in common that slide a window of weights over their input.</summary>
public abstract class ConvolutionAttribute : LayerAttribute
{
    private protected ConvolutionAttribute()
    {
    }

    /// <summary>Cells from one window to the next, along every axis; at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Cells from one element of the window to the next, along every axis; at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>How much border of zeros is added.</summary>
    public Padding Padding { get; set; }

    /// <summary>
    /// Cells of border instead of <see cref="Padding"/>: one number for all sides, one for each axis (height, width), or two for each axis
    /// (top, bottom, left, right).
    /// </summary>
    public int[]? Pads { get; set; }

    /// <summary>Whether a bias is added to each channel.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weight starts; a unit's inputs are the channels of its group times the cells of the window.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>How the bias starts: zero unless this says otherwise.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary>The value of whichever initialiser is <see cref="Initializer.Constant"/>.</summary>
    public double InitialValue { get; set; }

    /// <summary>λ ≥ 0 of the penalty <c>λ · Σ|w|</c> that the weight, not the bias, adds to the loss of a batch.</summary>
    public double L1 { get; set; }

    /// <summary>λ ≥ 0 of the penalty <c>λ · Σw²</c> that the weight, not the bias, adds to the loss of a batch.</summary>
    public double L2 { get; set; }
}
