using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Multiplies the learning rate by a factor when a metric has not improved for more than <see cref="Patience"/> epochs, as PyTorch's
/// <c>ReduceLROnPlateau</c> with its relative threshold.
/// </summary>
/// <param name="factor">Above 0 and at most 1.</param>
/// <param name="patience">Epochs without improvement that are borne.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
public sealed class ReduceOnPlateau(double factor = 0.1, int patience = 10) : Schedule
{
    private const double SmallestChange = 1e-8;

    private double _best;
    private double? _rate;
    private int _badEpochs;
    private int _cooling;

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; } = Require.Factor(factor, nameof(factor));

    /// <summary>Epochs without improvement that are borne.</summary>
    public int Patience { get; } = Require.AtLeast(0, patience, nameof(patience));

    /// <summary>
    /// The name of the metric in <see cref="History"/>; null for <c>val_loss</c>, or <c>loss</c> without validation data. Accuracies are to
    /// grow, all others to fall.
    /// </summary>
    public string? Monitor { get; init; }

    /// <summary>By what fraction a metric must beat the best to count as better.</summary>
    public double Threshold { get; init => field = Require.Fraction(value, nameof(Threshold)); } = 1e-4;

    /// <summary>Epochs after a reduction in which none counts as bad.</summary>
    public int Cooldown { get; init => field = Require.AtLeast(0, value, nameof(Cooldown)); }

    /// <summary>The least rate.</summary>
    public double Minimum { get; init => field = Require.NonNegative(value, nameof(Minimum)); }

    /// <inheritdoc/>
    public override double Rate(double initial, long time) => _rate ?? initial;

    internal override void Reset() =>
        (_best, _rate, _badEpochs, _cooling) = (double.NaN, null, 0, 0);

    internal override void Observe(EpochResult result, double initial)
    {
        var (value, grows) = result.Monitored(Monitor);
        var better = grows ? value > _best * (1 + Threshold) : value < _best * (1 - Threshold);
        if (better || (double.IsNaN(_best) && !double.IsNaN(value)))
        {
            _best = value;
            _badEpochs = 0;
        }
        else
        {
            _badEpochs++;
        }

        if (_cooling > 0)
        {
            _cooling--;
            _badEpochs = 0;
        }

        if (_badEpochs > Patience)
        {
            var rate = _rate ?? initial;
            var reduced = Math.Max(rate * Factor, Minimum);
            _rate = rate - reduced > SmallestChange ? reduced : rate;
            _cooling = Cooldown;
            _badEpochs = 0;
        }
    }
}
