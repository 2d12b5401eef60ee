using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Writes an event file for TensorBoard: all values of each epoch as scalars, and the parameters as histograms if wanted. The directory
/// is one run; a resumed training writes another file into it.
/// </summary>
/// <param name="directory">Where the file goes; made if it is not there.</param>
/// <exception cref="ArgumentException">The directory's name is empty.</exception>
public sealed class TensorBoard(string directory) : Callback
{
    private const int Bins = 30;

    private string _path = "";

    /// <summary>Where the files go.</summary>
    public string Directory { get; } =
        string.IsNullOrEmpty(directory) ? throw new ArgumentException("Give the path of a directory.", nameof(directory)) : directory;

    /// <summary>Whether each parameter's values are written as a histogram after each epoch.</summary>
    public bool Histograms { get; init; }

    /// <summary>Where the time comes from.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override void OnFitBegin(FitContext context)
    {
        System.IO.Directory.CreateDirectory(Directory);
        var seconds = Clock.GetUtcNow().ToUnixTimeSeconds();
        for (var i = 0; ; i++)
        {
            _path = Path.Combine(Directory, $"events.out.tfevents.{seconds}.{Environment.MachineName}.{Environment.ProcessId}.{i}");
            if (!File.Exists(_path))
            {
                break;
            }
        }

        File.WriteAllBytes(_path, EventRecord.FileVersion(Now));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        using var stream = new FileStream(_path, FileMode.Append);
        foreach (var (name, value) in result.Values)
        {
            stream.Write(EventRecord.Scalar(Now, result.Epoch, name, (float)value));
        }

        if (Histograms)
        {
            foreach (var tensor in StoredTensor.Of(context.Network.Info, context.Network.ParameterAddress))
            {
                var values = new float[tensor.Size];
                tensor.CopyTo(values);
                stream.Write(EventRecord.Histogram(Now, result.Epoch, tensor.Name, Execution.Histogram.Of(values, Bins)));
            }
        }
    }

    private double Now => Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
