namespace StaticNet.Benchmarks.Workloads;

internal enum Activation
{
    Relu,
    Tanh,
}

internal enum Loss
{
    /// <summary>From logits, against class indices.</summary>
    SoftmaxCrossEntropy,

    /// <summary>From logits, against values of 0 or 1.</summary>
    BinaryCrossEntropy,

    /// <summary>Against the input itself.</summary>
    Reconstruction,
}

internal enum Mode
{
    Inference,
    Training,
}

/// <summary>A multilayer perceptron as every side of a comparison understands it.</summary>
/// <param name="Name">The workload's name on the command line and in the JSON.</param>
/// <param name="Hidden">The activation after every dense layer but the last, which ends in logits.</param>
/// <param name="Loss">What training minimises.</param>
/// <param name="Widths">The number of inputs, of every layer's units, and of outputs.</param>
internal sealed record NetworkShape(string Name, Activation Hidden, Loss Loss, params int[] Widths)
{
    public int Inputs => Widths[0];

    public int Outputs => Widths[^1];

    public int Layers => Widths.Length - 1;

    /// <summary>Multiply-adds of one sample's forward pass.</summary>
    public long MultiplyAdds => Enumerable.Range(0, Layers).Sum(layer => (long)Widths[layer] * Widths[layer + 1]);

    /// <summary>
    /// Floating-point operations of the matrix products in one call. A training step has three products a layer (forward,
    /// weight gradient, input gradient) but needs no gradient of the network's input.
    /// </summary>
    public double Flops(Mode mode, int batch)
    {
        var firstLayer = (long)Widths[0] * Widths[1];
        return 2.0 * batch * (mode == Mode.Inference ? MultiplyAdds : (3 * MultiplyAdds) - firstLayer);
    }
}
