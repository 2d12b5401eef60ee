using System.Runtime.InteropServices;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Ends training when a metric has not improved for some epochs; at the end, stopped or not, the network gets back the parameters it had
/// after its best epoch.
/// </summary>
/// <param name="patience">Epochs without improvement after which training ends; at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The patience is less than 1.</exception>
public sealed class EarlyStopping(int patience = 5) : Callback
{
    private const string Prefix = "early_stopping.";

    private float[]? _bestParameters;
    private double _best = double.NaN;
    private int _waited;

    /// <summary>Epochs without improvement after which training ends.</summary>
    public int Patience { get; } = Require.AtLeastOne(patience, nameof(patience));

    /// <summary>
    /// The name of the metric in <see cref="History"/>; null for <c>val_loss</c>, or <c>loss</c> without validation data. Accuracies are to
    /// grow, all others to fall.
    /// </summary>
    public string? Monitor { get; init; }

    /// <summary>By how much a metric must beat the best to count as better.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double MinimumChange { get; init => field = Require.NonNegative(value, nameof(MinimumChange)); }

    /// <summary>Whether the network gets its best parameters back.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>The epoch that was best, the first being 1; 0 when there is none.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnFitBegin(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.History.Count == 0)
        {
            (_best, _waited, BestEpoch) = (double.NaN, 0, 0);
        }

        // Resumed where it had stopped, training stays stopped.
        StopWhenDue(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        var (value, grows) = result.Monitored(Monitor);
        var better = grows ? value > _best + MinimumChange : value < _best - MinimumChange;
        if (better || (double.IsNaN(_best) && !double.IsNaN(value)))
        {
            (_best, _waited, BestEpoch) = (value, 0, result.Epoch);
            if (RestoreBestWeights)
            {
                if (_bestParameters?.Length != context.Network.ParameterSpan.Length)
                {
                    _bestParameters = Arena(context.Network.ParameterSpan.Length);
                }

                context.Network.ParameterSpan.CopyTo(_bestParameters);
            }
        }
        else
        {
            _waited++;
            StopWhenDue(context);
        }
    }

    /// <inheritdoc/>
    public override void OnFitEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Outcome is FitOutcome.Completed or FitOutcome.Stopped && BestEpoch > 0 && RestoreBestWeights)
        {
            using var use = context.Network.Exclusive();
            _bestParameters!.CopyTo(context.Network.ParameterSpan);
        }
    }

    internal override void Save(CheckpointWriter checkpoint)
    {
        checkpoint.Set(Prefix + "best", _best);
        checkpoint.Set(Prefix + "best_epoch", BestEpoch);
        checkpoint.Set(Prefix + "waited", _waited);
        if (BestEpoch > 0 && RestoreBestWeights)
        {
            checkpoint.Add(Prefix, Address(_bestParameters!));
        }
    }

    internal override void Load(CheckpointReader checkpoint)
    {
        var (best, bestEpoch, waited) =
            (checkpoint.Number(Prefix + "best"), checkpoint.Integer(Prefix + "best_epoch"), checkpoint.Integer(Prefix + "waited"));
        if (bestEpoch > 0 && RestoreBestWeights)
        {
            checkpoint.Require(Prefix);
            _bestParameters = Arena(checked((int)checkpoint.ParameterFloats));
            checkpoint.Read(Prefix, Address(_bestParameters));
        }

        (_best, BestEpoch, _waited) = (best, (int)bestEpoch, (int)waited);
    }

    private void StopWhenDue(FitContext context)
    {
        if (_waited >= Patience)
        {
            context.Stop(FormattableString.Invariant(
                $"{Monitor ?? "the loss"} has not improved on {_best:G6} of epoch {BestEpoch} for {_waited} epochs"));
        }
    }

    private static float[] Arena(int length) => GC.AllocateArray<float>(length, pinned: true);

    private static nint Address(float[] arena) => Marshal.UnsafeAddrOfPinnedArrayElement(arena, 0);
}
