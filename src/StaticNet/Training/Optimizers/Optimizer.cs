using StaticNet.Cuda;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Changes parameters along their gradients. An optimizer belongs to the first network it steps, since it keeps state for each of its
/// parameters.
/// </summary>
/// <remarks>
/// Conventions are PyTorch's. The gradient g that a rule sees is the loss's, with its penalties, after clipping. A parameter's value
/// after a step depends on its own gradient and state alone (and on the norm of all gradients under <see cref="ClipNorm"/>), not on
/// threads or vector width. State below the smallest normal float becomes zero.
/// </remarks>
public abstract partial class Optimizer
{
    private double _learningRate;
    private double? _clipValue;
    private double? _clipNorm;
    private NetworkCore? _network;
    private GradientShapings? _shapings;
    private AlignedMemory[] _states = [];

    private protected Optimizer(double learningRate, double weightDecay)
    {
        LearningRate = learningRate;
        WeightDecay = Require.NonNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>The step size; a schedule changes it between epochs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = Require.NonNegative(value, nameof(LearningRate));
    }

    /// <summary>How strongly parameters are pulled towards zero. Biases too: a network's L2 regularisation chooses by layer.</summary>
    public double WeightDecay { get; }

    /// <summary>Bounds each element of the gradient to ±this; null for no bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive or not finite.</exception>
    /// <exception cref="ArgumentException"><see cref="ClipNorm"/> is set as well.</exception>
    public double? ClipValue
    {
        get => _clipValue;
        init => _clipValue = Clip(value, _clipNorm, nameof(ClipValue));
    }

    /// <summary>
    /// Scales the whole gradient by bound / (‖g‖₂ + 10⁻⁶) when that is less than one, as PyTorch's <c>clip_grad_norm_</c> does; null for
    /// no bound. Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", 2013.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive or not finite.</exception>
    /// <exception cref="ArgumentException"><see cref="ClipValue"/> is set as well.</exception>
    public double? ClipNorm
    {
        get => _clipNorm;
        init => _clipNorm = Clip(value, _clipValue, nameof(ClipNorm));
    }

    /// <summary>Whether a step needs the whole gradient before it changes anything, as clipping by norm does.</summary>
    internal bool NeedsWholeGradient => _clipNorm is not null;

    /// <summary>Steps so far.</summary>
    internal long StepCount { get; set; }

    /// <summary>The names of the rule's states, as checkpoints call them.</summary>
    internal abstract ReadOnlySpan<string> StateNames { get; }

    /// <summary>Makes state for a network's parameters, once.</summary>
    /// <exception cref="InvalidOperationException">The optimizer belongs to another network.</exception>
    internal void Attach(NetworkCore network)
    {
        if (_network == network)
        {
            return;
        }

        if (_network is not null)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} keeps state for the parameters of another {_network.Info.Name}. "
                + "Give each network an optimizer of its own.");
        }

        var states = new AlignedMemory[StateNames.Length];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = new AlignedMemory(network.Info.ParameterFloats);
        }

        (_states, _shapings, _network) = (states, new GradientShapings(network.Info, _clipValue), network);
    }

    /// <summary>The arena of one state, in the order of the parameters, for whoever reads or changes it.</summary>
    internal nint State(int index)
    {
        OnDevice?.States[index].Touch();
        return _states[index].Address;
    }

    /// <summary>The arena of one state on the host, whatever is in it.</summary>
    internal AlignedMemory StateMemory(int index) => _states[index];

    /// <summary>Its part on the device where its network is; null on the processor.</summary>
    internal CudaOptimizer? OnDevice { get; set; }

    /// <summary>How the gradient of the parameter is shaped that an offset in the arena lies in.</summary>
    internal GradientShaping Shaping(long offset) => _shapings!.At(offset);

    /// <summary>
    /// Writes the numbers of this step's rule, in the order in which the kernel of a device reads them; gives the kernel's name, which is
    /// always the same.
    /// </summary>
    internal abstract string DeviceRule(Span<float> numbers);

    /// <summary>Begins a step: counts it and works out its scalars.</summary>
    internal void BeginStep()
    {
        StepCount++;
        BeginUpdate(StepCount);
    }

    /// <summary>
    /// Applies the gradient of parameters [offset, offset + length) of the arena, one pass: regularisation, clipping by value, decay and
    /// update. Called from several threads for disjoint ranges of one tensor each.
    /// </summary>
    internal void Apply(long offset, int length, nint gradient) => Update(Slice(offset, length, gradient, _shapings!.At(offset)));

    private Slice Slice(long offset, int length, nint gradient, in GradientShaping shaping)
    {
        var bytes = (nint)(offset * sizeof(float));
        return new Slice(_network!.ParameterAddress + bytes, gradient, length, shaping)
        {
            State0 = _states.Length > 0 ? _states[0].Address + bytes : 0,
            State1 = _states.Length > 1 ? _states[1].Address + bytes : 0,
        };
    }

    /// <summary>Works out the scalars of a step from its number, the first being 1.</summary>
    private protected abstract void BeginUpdate(long step);

    /// <summary>Runs the rule over a range. Thread-safe for disjoint ranges.</summary>
    private protected abstract void Update(in Slice slice);

    private static double? Clip(double? value, double? other, string name)
    {
        if (value is { } bound)
        {
            Require.Positive(bound, name);
            if (other is not null)
            {
                throw new ArgumentException($"Clip by {nameof(ClipValue)} or by {nameof(ClipNorm)}, not by both.", name);
            }
        }

        return value;
    }
}
