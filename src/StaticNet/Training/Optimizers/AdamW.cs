namespace StaticNet;

/// <summary>
/// Adam with decoupled weight decay: w ← w·(1 − η·λ) before Adam's step on the bare gradient, as PyTorch's <c>torch.optim.AdamW</c>.
/// Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
/// </summary>
/// <param name="learningRate">η.</param>
/// <param name="beta1">β₁, at least 0 and less than 1.</param>
/// <param name="beta2">β₂, at least 0 and less than 1.</param>
/// <param name="epsilon">ε, above zero.</param>
/// <param name="weightDecay">λ.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
public sealed class AdamW(
    double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2)
    : Adam(learningRate, beta1, beta2, epsilon, weightDecay)
{
    private protected override bool DecaysApart => true;
}
