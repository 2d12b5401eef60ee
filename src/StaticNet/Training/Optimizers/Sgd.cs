using System.Runtime.CompilerServices;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Stochastic gradient descent: w ← w − η·g; with momentum v ← μ·v + g, w ← w − η·v; with Nesterov's w ← w − η·(g + μ·v), as
/// PyTorch's <c>torch.optim.SGD</c>. Weight decay λ adds λ·w to g. Sutskever et al., "On the importance of initialization and
/// momentum in deep learning", 2013.
/// </summary>
public sealed class Sgd : Optimizer
{
    private Plain _plain;
    private Moving _moving;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ, at least 0 and less than 1.</param>
    /// <param name="nesterov">Looks ahead along the momentum.</param>
    /// <param name="weightDecay">λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum.</exception>
    public Sgd(double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(learningRate, weightDecay)
    {
        Momentum = Require.Fraction(momentum, nameof(momentum));
        Nesterov = nesterov;
        if (nesterov && momentum == 0)
        {
            throw new ArgumentException("Nesterov's method looks ahead along the momentum: give a momentum above zero.", nameof(nesterov));
        }
    }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>Whether the step looks ahead along the momentum.</summary>
    public bool Nesterov { get; }

    internal override ReadOnlySpan<string> StateNames => Momentum > 0 ? s_momentum : [];

    private static readonly string[] s_momentum = ["momentum"];

    private protected override void BeginUpdate(long step)
    {
        var (rate, decay, momentum) = ((float)LearningRate, (float)WeightDecay, (float)Momentum);
        _plain = new Plain(rate, decay);
        _moving = new Moving(rate, decay, momentum, Nesterov);
    }

    internal override string DeviceRule(Span<float> numbers) => Momentum > 0 ? _moving.Describe(numbers) : _plain.Describe(numbers);

    private protected override void Update(in Slice slice)
    {
        if (Momentum > 0)
        {
            UpdateKernel.Run(_moving, slice);
        }
        else
        {
            UpdateKernel.Run(_plain, slice);
        }
    }

    private readonly struct Plain(float rate, float decay) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var g = TLanes.MultiplyAdd(TLanes.Create(decay), parameter, gradient);
            return TLanes.MultiplyAdd(TLanes.Create(-rate), g, parameter);
        }

        public string Describe(Span<float> numbers)
        {
            (numbers[0], numbers[1]) = (-rate, decay);
            return "sgd";
        }
    }

    private readonly struct Moving(float rate, float decay, float momentum, bool nesterov) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var g = TLanes.MultiplyAdd(TLanes.Create(decay), parameter, gradient);
            var v = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Create(momentum), TLanes.Load(in state0, index), g));
            TLanes.Store(v, ref state0, index);
            var direction = nesterov ? TLanes.MultiplyAdd(TLanes.Create(momentum), v, g) : v;
            return TLanes.MultiplyAdd(TLanes.Create(-rate), direction, parameter);
        }

        public string Describe(Span<float> numbers)
        {
            (numbers[0], numbers[1], numbers[2]) = (-rate, decay, momentum);
            return nesterov ? "sgd_nesterov" : "sgd_momentum";
        }
    }
}
