using System.Runtime.CompilerServices;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Adagrad: s ← s + g², w ← w − η / (1 + (t − 1)·δ) · g / (√s + ε), as PyTorch's <c>torch.optim.Adagrad</c>. Weight decay λ adds λ·w
/// to g. Duchi, Hazan, Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.
/// </summary>
public sealed class Adagrad : Optimizer
{
    private static readonly string[] s_states = ["sum"];

    private Rule _rule;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="learningRateDecay">δ.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="epsilon">ε, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adagrad(double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double epsilon = 1e-10)
        : base(learningRate, weightDecay)
    {
        LearningRateDecay = Require.NonNegative(learningRateDecay, nameof(learningRateDecay));
        Epsilon = Require.Epsilon(epsilon, nameof(epsilon));
    }

    /// <summary>δ: how the step size shrinks with the steps taken.</summary>
    public double LearningRateDecay { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    internal override ReadOnlySpan<string> StateNames => s_states;

    private protected override void BeginUpdate(long step) =>
        _rule = new Rule((float)(LearningRate / (1 + ((step - 1) * LearningRateDecay))), (float)WeightDecay, (float)Epsilon);

    internal override string DeviceRule(Span<float> numbers) => _rule.Describe(numbers);

    private protected override void Update(in Slice slice) => UpdateKernel.Run(_rule, slice);

    private readonly struct Rule(float rate, float decay, float epsilon) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var g = TLanes.MultiplyAdd(TLanes.Create(decay), parameter, gradient);
            var s = TLanes.Flush(TLanes.MultiplyAdd(g, g, TLanes.Load(in state0, index)));
            TLanes.Store(s, ref state0, index);
            var root = TLanes.Add(TLanes.Sqrt(s), TLanes.Create(epsilon));
            return TLanes.MultiplyAdd(TLanes.Create(-rate), TLanes.Divide(g, root), parameter);
        }

        public string Describe(Span<float> numbers)
        {
            (numbers[0], numbers[1], numbers[2]) = (-rate, decay, epsilon);
            return "adagrad";
        }
    }
}
