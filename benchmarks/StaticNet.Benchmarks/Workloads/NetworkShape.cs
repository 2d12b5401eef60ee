namespace StaticNet.Benchmarks.Workloads;

internal enum Loss
{
    /// <summary>From logits, against class indices.</summary>
    SoftmaxCrossEntropy,

    /// <summary>From logits, against values of 0 or 1.</summary>
    BinaryCrossEntropy,

    /// <summary>Against the input itself.</summary>
    Reconstruction,

    /// <summary>There is none, and no training.</summary>
    None,
}

internal enum Mode
{
    Inference,
    Training,
}

/// <summary>A network as every side of a comparison understands it.</summary>
/// <param name="Name">The workload's name on the command line and in the JSON.</param>
/// <param name="Loss">What training minimises.</param>
/// <param name="Input">[height, width, channels] or [features].</param>
/// <param name="Layers">Its layers; they end in logits.</param>
internal sealed record NetworkShape(string Name, Loss Loss, int[] Input, IReadOnlyList<Layer> Layers)
{
    /// <summary>The batch sizes that inference is compared at.</summary>
    public IReadOnlyList<int> InferenceBatches { get; init; } = [1, 32, 256];

    /// <summary>The batch sizes that training is compared at.</summary>
    public IReadOnlyList<int> TrainingBatches { get; init; } = [1, 32, 256];

    public int Inputs => Layer.Size(Input);

    public int Outputs => Layer.Size(Layers.Aggregate(Input, (shape, layer) => layer.Output(shape)));

    /// <summary>
    /// What the rate may be, by the machine's multiply-add peak. Rates count the products of plain sums; where tiles make sums of windows
    /// from a quarter of them (Winograd, F(4×4, 3×3)) the rate can be four times what the machine does.
    /// </summary>
    public double LargestFractionOfPeak => IsImage ? 4 : 1;

    public bool IsImage => Input.Length == 3;

    /// <summary>Multiply-adds of one sample's forward pass, of convolutions and dense layers.</summary>
    public long MultiplyAdds => MultiplyAddsByLayer.Sum();

    private IEnumerable<long> MultiplyAddsByLayer =>
        Layer.WithInputs(Input, Layers).Select(step => step.Layer.MultiplyAdds(step.Input));

    public IReadOnlyList<int> Batches(Mode mode) => mode == Mode.Inference ? InferenceBatches : TrainingBatches;

    /// <summary>
    /// Floating-point operations of the matrix products and convolutions in one call. A training step has three a layer (forward,
    /// weight gradient, input gradient) but needs no gradient of the network's input.
    /// </summary>
    public double Flops(Mode mode, int batch)
    {
        var firstLayer = MultiplyAddsByLayer.First(count => count > 0);
        return 2.0 * batch * (mode == Mode.Inference ? MultiplyAdds : (3 * MultiplyAdds) - firstLayer);
    }
}
