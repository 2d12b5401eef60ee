using System.Diagnostics;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>One call of <c>Fit</c>: epochs, steps, and who is told of them.</summary>
internal sealed partial class TrainingRun : IDisposable
{
    private static readonly TimeSpan s_betweenReports = TimeSpan.FromMilliseconds(100);

    private readonly NetworkCore _network;
    private readonly Dataset _data;
    private readonly Optimizer _optimizer;
    private readonly FitOptions _options;
    private readonly Stepper _stepper;
    private readonly EpochMeasurement _measurement;
    private readonly FitContext _context;
    private readonly Callback[] _callbacks;
    private readonly int[] _order;
    private readonly int _seed;
    private double _initialRate;
    private FitPosition _position;
    private long _lastReport;

    public TrainingRun(NetworkCore network, Dataset data, Dataset? validation, Optimizer optimizer, FitOptions options)
    {
        (_network, _data, _optimizer, _options) = (network, data, optimizer, options);
        _seed = options.Seed ?? network.Seed;
        _initialRate = optimizer.LearningRate;
        _stepper = new Stepper(network, data, optimizer, options);
        _measurement = new EpochMeasurement(network, data, validation, options.BatchSize);
        _order = new int[data.Count];
        _position = new FitPosition { StepsBefore = network.Steps };

        // A checkpoint is to hold what the other callbacks have made of the epoch.
        _callbacks = [.. options.Callbacks.OrderBy(callback => callback is Checkpoint)];
        _context = new FitContext(network, optimizer, options, Save)
        {
            StepsPerEpoch = (int)(((long)data.Count + _stepper.SamplesPerStep - 1) / _stepper.SamplesPerStep),
        };
    }

    public History Run()
    {
        _optimizer.Attach(_network);
        _options.Schedule?.Reset();
        if (_options.ResumeFrom is { } path)
        {
            Resume(path);
        }

        var begun = 0;
        try
        {
            foreach (var callback in _callbacks)
            {
                callback.OnFitBegin(_context);
                begun++;
            }

            while (_position.Epoch < _options.Epochs && _context.StopReason is null)
            {
                RunEpoch();
            }

            _context.History.StopReason = _context.StopReason;
            _context.Outcome = _context.StopReason is null ? FitOutcome.Completed : FitOutcome.Stopped;
        }
        catch (OperationCanceledException) when (_options.CancellationToken.IsCancellationRequested)
        {
            _context.Outcome = FitOutcome.Cancelled;
            throw;
        }
        catch
        {
            _context.Outcome = FitOutcome.Failed;
            throw;
        }
        finally
        {
            foreach (var callback in _callbacks[..begun])
            {
                callback.OnFitEnd(_context);
            }

            if (_options.Schedule is not null)
            {
                _optimizer.LearningRate = _initialRate;
            }
        }

        return _context.History;
    }

    public void Dispose()
    {
        _stepper.Dispose();
        _measurement.Dispose();
    }

    private void RunEpoch()
    {
        (_context.Epoch, _context.Step) = (_position.Epoch + 1, _position.Done / _stepper.SamplesPerStep);
        _data.CopyPlaces(0, _order);
        if (_options.Shuffle)
        {
            Shuffling.Shuffle(_order, _seed, _position.StepsBefore);
        }

        _stepper.Round = AugmentationRound.Of(_seed, _position.StepsBefore);
        SetRate(everyStep: false, _position.Epoch);
        foreach (var callback in _callbacks)
        {
            callback.OnEpochBegin(_context);
        }

        while (_position.Done < _data.Count)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            Step();
            if (_context.StopReason is not null && _position.Done < _data.Count)
            {
                return;
            }
        }

        EndEpoch();
    }

    private void Step()
    {
        SetRate(everyStep: true, _context.TotalSteps);
        var start = Stopwatch.GetTimestamp();
        var count = Math.Min(_stepper.SamplesPerStep, _data.Count - _position.Done);
        var (loss, weight) = _stepper.Step(_order, _position.Done, count);
        var end = Stopwatch.GetTimestamp();

        _position.Done += count;
        _position.LossSum += weight > 0 ? loss * weight : 0;
        _position.WeightSum += weight;
        _position.Seconds += Stopwatch.GetElapsedTime(start, end).TotalSeconds;
        _context.Step++;
        foreach (var callback in _callbacks)
        {
            callback.OnStepEnd(_context, loss);
        }

        if (_options.Progress is { } progress && Stopwatch.GetElapsedTime(_lastReport, end) >= s_betweenReports)
        {
            _lastReport = end;
            progress.Report(Progress(null));
        }
    }

    private void EndEpoch()
    {
        var values = _measurement.Measure(_position.Loss, _options.CancellationToken);
        values.Add(new("learning_rate", _optimizer.LearningRate));
        values.Add(new("seconds", _position.Seconds));
        var result = new EpochResult(_position.Epoch + 1, values);
        var progress = Progress(result);
        _context.History.Add(result);
        _options.Schedule?.Observe(result, _initialRate);
        _position.NextEpoch(_network.Steps);
        foreach (var callback in _callbacks)
        {
            callback.OnEpochEnd(_context, result);
        }

        _options.Progress?.Report(progress);
    }

    private void SetRate(bool everyStep, long time)
    {
        if (_options.Schedule is { } schedule && schedule.EveryStep == everyStep)
        {
            _optimizer.LearningRate = schedule.Rate(_initialRate, time);
        }
    }

    private FitProgress Progress(EpochResult? result) => new()
    {
        Epoch = _position.Epoch + 1,
        Epochs = _options.Epochs,
        Done = _position.Done,
        Samples = _data.Count,
        Loss = _position.Loss,
        Elapsed = TimeSpan.FromSeconds(_position.Seconds),
        Result = result,
    };
}
