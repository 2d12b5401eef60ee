using System.ComponentModel;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Training and evaluation, written once; generated networks forward to it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Trainer
{
    private const int EvaluationBatch = 256;

    /// <summary>Trains a network on a data set.</summary>
    /// <param name="network">Its parameters change with every step; they stay changed when training ends early.</param>
    /// <param name="data">What it learns.</param>
    /// <param name="optimizer">How it learns.</param>
    /// <param name="options">How often, in what portions, and what else happens; null for one epoch of batches of 32.</param>
    /// <returns>Loss and metrics of every epoch.</returns>
    /// <exception cref="ArgumentException">A data set is empty, or options do not fit each other or the network.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled; the network keeps what it has learned.</exception>
    /// <exception cref="WeightFormatException">The checkpoint to resume from is damaged or does not fit.</exception>
    public static History Fit<TInput, TTarget>(
        ITrainable<TInput, TTarget> network,
        Dataset<TInput, TTarget> data,
        Optimizer optimizer,
        FitOptions<TInput, TTarget>? options = null)
        where TInput : IShape
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        options ??= new FitOptions<TInput, TTarget>();
        var (training, validation) = Split(data, options);
        Check(network.Core.Info, training, validation, options);

        var threads = network.Core.Threads;
        network.Core.Threads = options.Threads ?? threads;
        try
        {
            using var run = new TrainingRun(network.Core, training, validation, optimizer, options);
            return run.Run();
        }
        finally
        {
            network.Core.Threads = threads;
        }
    }

    /// <summary>Trains a network on a data set, on a thread of the pool.</summary>
    /// <inheritdoc cref="Fit"/>
    public static Task<History> FitAsync<TInput, TTarget>(
        ITrainable<TInput, TTarget> network,
        Dataset<TInput, TTarget> data,
        Optimizer optimizer,
        FitOptions<TInput, TTarget>? options = null)
        where TInput : IShape
        where TTarget : ITarget =>
        Task.Run(() => Fit(network, data, optimizer, options), options?.CancellationToken ?? default);

    /// <summary>Loss and metrics on a data set, in inference mode.</summary>
    /// <param name="network">Is not changed; others may use it meanwhile.</param>
    /// <param name="data">What it is measured on.</param>
    /// <exception cref="ArgumentException">The data set is empty.</exception>
    public static Evaluation Evaluate<TInput, TTarget>(ITrainable<TInput, TTarget> network, Dataset<TInput, TTarget> data)
        where TInput : IShape
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        RequireSamples(data, nameof(data));
        var info = network.Core.Info;
        var places = new int[data.Count];
        data.CopyPlaces(0, places);
        using var evaluator = new Evaluator(network.Core, Math.Min(EvaluationBatch, data.Count));
        switch (info.Task)
        {
            case NetworkTask.Classification:
                var classes = new ClassScorer(info);
                return classes.Result(evaluator.Run(data, places, classes, default));
            case NetworkTask.BinaryClassification:
                var answers = new BinaryScorer(info);
                return answers.Result(evaluator.Run(data, places, answers, default));
            default:
                var values = new RegressionScorer(info);
                return values.Result(evaluator.Run(data, places, values, default));
        }
    }

    private static (Dataset<TInput, TTarget> Training, Dataset<TInput, TTarget>? Validation) Split<TInput, TTarget>(
        Dataset<TInput, TTarget> data, FitOptions<TInput, TTarget> options)
        where TInput : IShape
        where TTarget : ITarget
    {
        if (options.ValidationSplit == 0)
        {
            return (data, options.Validation);
        }

        if (options.Validation is not null)
        {
            throw new ArgumentException(
                $"Give {nameof(FitOptions<,>.Validation)} or {nameof(FitOptions.ValidationSplit)}, not both.", nameof(options));
        }

        return data.Split(options.ValidationSplit);
    }

    private static void Check(NetworkInfo info, Dataset training, Dataset? validation, FitOptions options)
    {
        RequireSamples(training, "data");
        if (validation is not null)
        {
            RequireSamples(validation, nameof(options));
        }

        var last = training.Count % options.BatchSize;
        var least = Math.Min(last == 0 ? options.BatchSize : last, training.Count);
        if (least < info.MinimumTrainingBatch)
        {
            throw new ArgumentException(
                $"{info.Name} needs at least {info.MinimumTrainingBatch} samples in a batch: batch normalisation has no variance of one value. "
                + $"{training.Count} samples in batches of {options.BatchSize} leave a batch of {least}: choose another {nameof(FitOptions.BatchSize)}.",
                nameof(options));
        }

        if (options.ClassWeights is { } weights && weights.Count != info.Classes)
        {
            throw new ArgumentException(
                info.Classes == 0
                    ? $"{info.Name} compares with vectors: {nameof(FitOptions.ClassWeights)} are for class indices."
                    : $"{info.Name} tells {info.Classes} classes, but there are {weights.Count} {nameof(FitOptions.ClassWeights)}.",
                nameof(options));
        }
    }

    private static void RequireSamples(Dataset data, string name)
    {
        if (data.Count == 0)
        {
            throw new ArgumentException("The data set has no samples.", name);
        }
    }
}
