using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>PyTorch's training step of one network, timed inside its own process.</summary>
internal sealed class TorchTraining : ITimedSide
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly TorchProcess _process;
    private readonly string _settings;

    /// <param name="process">Runs it.</param>
    /// <param name="shape">The network.</param>
    /// <param name="batch">Samples of a step.</param>
    /// <param name="threads">Threads of a step.</param>
    /// <param name="channelsLast">PyTorch's order of images in memory.</param>
    public TorchTraining(TorchProcess process, NetworkShape shape, int batch, int threads, bool channelsLast)
    {
        _process = process;
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"pytorch {process.Version}{(channelsLast ? ", channels last" : "")}{(threads == 1 ? "" : $", {threads} threads")}");
        _settings = JsonSerializer.Serialize(
            new { shape.Layers, shape.Input, ChannelsLast = channelsLast, shape.Loss, Batch = batch, Threads = threads },
            s_options);
    }

    /// <summary>What runs, and how.</summary>
    public string Name { get; }

    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Makes the process's network this one.</summary>
    public void Load() => _process.Ask($"load {_settings}");

    public double Run(int calls) =>
        double.Parse(_process.Ask(string.Create(CultureInfo.InvariantCulture, $"run {calls}")), CultureInfo.InvariantCulture);
}
