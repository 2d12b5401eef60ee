using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), as PyTorch's
/// <c>torch.optim.Adam</c>. Weight decay λ adds λ·w to g. Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
/// </summary>
public class Adam : Optimizer
{
    private static readonly string[] s_states = ["first_moment", "second_moment"];

    private AdamRule _rule;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁, at least 0 and less than 1.</param>
    /// <param name="beta2">β₂, at least 0 and less than 1.</param>
    /// <param name="epsilon">ε, above zero.</param>
    /// <param name="weightDecay">λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate, weightDecay)
    {
        Beta1 = Require.Fraction(beta1, nameof(beta1));
        Beta2 = Require.Fraction(beta2, nameof(beta2));
        Epsilon = Require.Epsilon(epsilon, nameof(epsilon));
    }

    /// <summary>β₁.</summary>
    public double Beta1 { get; }

    /// <summary>β₂.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    internal override ReadOnlySpan<string> StateNames => s_states;

    /// <summary>Whether decay shrinks the parameter itself instead of joining its gradient.</summary>
    private protected virtual bool DecaysApart => false;

    private protected override void BeginUpdate(long step) => _rule = new AdamRule(
        coupledDecay: DecaysApart ? 0 : (float)WeightDecay,
        keep: DecaysApart ? (float)(1 - (LearningRate * WeightDecay)) : 1,
        step: (float)(LearningRate / (1 - PortableMath.Power(Beta1, step))),
        first: new MovingAverage(Beta1),
        second: new MovingAverage(Beta2),
        rootCorrection: (float)(1 / Math.Sqrt((1 - PortableMath.Power(Beta2, step)))),
        epsilon: (float)Epsilon);

    internal override string DeviceRule(Span<float> numbers) => _rule.Describe(numbers);

    private protected override void Update(in Slice slice) => UpdateKernel.Run(_rule, slice);
}
