using System.Runtime.CompilerServices;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// RMSProp: s ← α·s + (1 − α)·g², d = g / (√s + ε), w ← w − η·d; with momentum v ← μ·v + d, w ← w − η·v, as PyTorch's
/// <c>torch.optim.RMSprop</c>. Weight decay λ adds λ·w to g. Tieleman and Hinton, lecture 6.5 of "Neural networks for machine
/// learning", 2012.
/// </summary>
public sealed class RmsProp : Optimizer
{
    private static readonly string[] s_plain = ["square_average"];
    private static readonly string[] s_moving = ["square_average", "momentum"];

    private Rule _rule;
    private MovingRule _moving;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="smoothing">α, at least 0 and less than 1.</param>
    /// <param name="momentum">μ, at least 0 and less than 1.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="epsilon">ε, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RmsProp(double learningRate = 1e-2, double smoothing = 0.99, double momentum = 0, double weightDecay = 0, double epsilon = 1e-8)
        : base(learningRate, weightDecay)
    {
        Smoothing = Require.Fraction(smoothing, nameof(smoothing));
        Momentum = Require.Fraction(momentum, nameof(momentum));
        Epsilon = Require.Epsilon(epsilon, nameof(epsilon));
    }

    /// <summary>α.</summary>
    public double Smoothing { get; }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    internal override ReadOnlySpan<string> StateNames => Momentum > 0 ? s_moving : s_plain;

    private protected override void BeginUpdate(long step)
    {
        var direction = new Direction((float)WeightDecay, new MovingAverage(Smoothing), (float)Epsilon);
        _rule = new Rule((float)LearningRate, direction);
        _moving = new MovingRule((float)LearningRate, (float)Momentum, direction);
    }

    internal override string DeviceRule(Span<float> numbers) => Momentum > 0 ? _moving.Describe(numbers) : _rule.Describe(numbers);

    private protected override void Update(in Slice slice)
    {
        if (Momentum > 0)
        {
            UpdateKernel.Run(_moving, slice);
        }
        else
        {
            UpdateKernel.Run(_rule, slice);
        }
    }

    private readonly struct Direction(float decay, MovingAverage average, float epsilon)
    {
        /// <summary>g / (√s + ε).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TLanes, TVector>(TVector parameter, TVector gradient, ref float state, nuint index)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var g = TLanes.MultiplyAdd(TLanes.Create(decay), parameter, gradient);
            var s = average.Move<TLanes, TVector>(ref state, TLanes.Multiply(g, g), index);
            return TLanes.Divide(g, TLanes.Add(TLanes.Sqrt(s), TLanes.Create(epsilon)));
        }

        public void Describe(Span<float> numbers) =>
            (numbers[0], numbers[1], numbers[2], numbers[3]) = (decay, average.Old, average.New, epsilon);
    }

    private readonly struct Rule(float rate, Direction direction) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct =>
            TLanes.MultiplyAdd(TLanes.Create(-rate), direction.Of<TLanes, TVector>(parameter, gradient, ref state0, index), parameter);

        public string Describe(Span<float> numbers)
        {
            numbers[0] = -rate;
            direction.Describe(numbers[1..]);
            return "rmsprop";
        }
    }

    private readonly struct MovingRule(float rate, float momentum, Direction direction) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var d = direction.Of<TLanes, TVector>(parameter, gradient, ref state0, index);
            var v = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(momentum), TLanes.Load(in state1, index), d));
            TLanes.Store(v, ref state1, index);
            return TLanes.MultiplyAdd(TLanes.Create(-rate), v, parameter);
        }

        public string Describe(Span<float> numbers)
        {
            numbers[0] = -rate;
            direction.Describe(numbers[1..]);
            numbers[5] = momentum;
            return "rmsprop_momentum";
        }
    }
}
