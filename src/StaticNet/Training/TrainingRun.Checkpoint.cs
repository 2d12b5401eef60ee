using System.Globalization;

namespace StaticNet;

internal sealed partial class TrainingRun
{
    /// <summary>Puts everything into a checkpoint that the next step depends on.</summary>
    private void Save(CheckpointWriter checkpoint)
    {
        foreach (var (key, value) in Setup())
        {
            checkpoint.Set(key, value);
        }

        using var use = _network.Shared();
        checkpoint.Add("", _network.ParameterAddress);
        checkpoint.Set("network.steps", _network.Steps);
        checkpoint.Set("learning_rate.initial", _initialRate);
        checkpoint.Set("learning_rate", _optimizer.LearningRate);
        checkpoint.Set("history", _context.History.ToCsv());
        OptimizerState.Save(_optimizer, checkpoint);
        _position.Save(checkpoint);
        foreach (var callback in _callbacks)
        {
            callback.Save(checkpoint);
        }
    }

    /// <summary>Goes on where a checkpoint was written; checks all of it before anything changes.</summary>
    /// <exception cref="WeightFormatException">The checkpoint is damaged, or of a training that was set up otherwise.</exception>
    private void Resume(string path)
    {
        using var checkpoint = new CheckpointReader(path, _network.Info);
        foreach (var (key, value) in Setup())
        {
            checkpoint.RequireSame(key, value);
        }

        OptimizerState.Require(_optimizer, checkpoint);
        var position = FitPosition.Load(checkpoint);
        var steps = checkpoint.Integer("network.steps");
        var (initialRate, rate) = (checkpoint.Number("learning_rate.initial"), checkpoint.Number("learning_rate"));
        var history = History.FromCsv(checkpoint.Text("history"));
        if (history.Count != position.Epoch || position.Done > _data.Count)
        {
            throw new WeightFormatException(
                $"{path} is damaged: {history.Count} of {position.Epoch} epochs, {position.Done} of {_data.Count} samples.");
        }

        foreach (var callback in _callbacks)
        {
            callback.Load(checkpoint);
        }

        using (_network.Exclusive())
        {
            checkpoint.Read("", _network.ParameterAddress);
        }

        OptimizerState.Load(_optimizer, checkpoint);
        (_optimizer.LearningRate, _initialRate, _network.Steps, _position) = (rate, initialRate, steps, position);
        foreach (var result in history)
        {
            _context.History.Add(result);
            _options.Schedule?.Observe(result, _initialRate);
        }
    }

    /// <summary>What has to be the same for training to go on as if it had not been interrupted.</summary>
    private IEnumerable<(string Key, string Value)> Setup()
    {
        yield return ("network", _network.Info.Name);
        yield return ("samples", _data.Count.ToString(CultureInfo.InvariantCulture));
        yield return ("batch_size", _options.BatchSize.ToString(CultureInfo.InvariantCulture));
        yield return ("accumulate_steps", _options.AccumulateSteps.ToString(CultureInfo.InvariantCulture));
        yield return ("shuffle", _options.Shuffle ? "yes" : "no");
        yield return ("seed", _seed.ToString(CultureInfo.InvariantCulture));
    }
}
