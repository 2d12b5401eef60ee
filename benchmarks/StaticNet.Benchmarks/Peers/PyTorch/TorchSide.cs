using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>Work of PyTorch's, timed inside its own process.</summary>
internal sealed class TorchSide : ITimedSide
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly TorchProcess _process;
    private readonly string _load;

    private TorchSide(TorchProcess process, string how, string command, object settings)
    {
        _process = process;
        Name = $"pytorch {process.Version}{how}";
        _load = $"{command} {JsonSerializer.Serialize(settings, s_options)}";
    }

    /// <summary>What runs, and how.</summary>
    public string Name { get; }

    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>A training step on the processor.</summary>
    /// <param name="process">Runs it.</param>
    /// <param name="shape">The network.</param>
    /// <param name="batch">Samples of a step.</param>
    /// <param name="threads">Threads of a step.</param>
    /// <param name="channelsLast">PyTorch's order of images in memory.</param>
    public static TorchSide Training(TorchProcess process, NetworkShape shape, int batch, int threads, bool channelsLast) => new(
        process,
        $"{Order(channelsLast)}{(threads == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {threads} threads"))}",
        "load",
        new { shape.Layers, shape.Input, ChannelsLast = channelsLast, shape.Loss, Batch = batch, Threads = threads });

    /// <summary>A training step on a GPU.</summary>
    /// <param name="process">Runs it.</param>
    /// <param name="shape">The network.</param>
    /// <param name="batch">Samples of a step.</param>
    /// <param name="precision">What products are computed in.</param>
    /// <param name="graph">Whether the step is launched as one CUDA graph, not operation by operation.</param>
    /// <param name="channelsLast">PyTorch's order of images in memory.</param>
    public static TorchSide CudaTraining(
        TorchProcess process, NetworkShape shape, int batch, Precision precision, bool graph, bool channelsLast) => new(
        process,
        $", {(graph ? "CUDA graph" : "eager")}{Order(channelsLast)}",
        "train",
        new { shape.Layers, shape.Input, ChannelsLast = channelsLast, shape.Loss, Batch = batch, Precision = precision, Graph = graph });

    /// <summary>A product of matrices on a GPU, rows × terms by terms × columns.</summary>
    public static TorchSide CudaProduct(TorchProcess process, int rows, int terms, int columns, Precision precision)
    {
        var product = new TorchSide(process, ", matmul", "product", new { Rows = rows, Terms = terms, Columns = columns, Precision = precision });
        product.Load();
        return product;
    }

    /// <summary>The fastest of several ways to do the same, loaded.</summary>
    public static TorchSide Fastest(IReadOnlyList<TorchSide> ways, PairedRounds rounds)
    {
        var fastest = ways.Count == 1 ? ways[0] : ways.MinBy(way => way.Estimate(rounds))!;
        fastest.Load();
        return fastest;
    }

    public double Run(int calls) =>
        double.Parse(_process.Ask(string.Create(CultureInfo.InvariantCulture, $"run {calls}")), CultureInfo.InvariantCulture);

    /// <summary>Makes this the work of the process.</summary>
    private void Load() => _process.Ask(_load);

    private double Estimate(PairedRounds rounds)
    {
        Load();
        return rounds.Estimate(this);
    }

    private static string Order(bool channelsLast) => channelsLast ? ", channels last" : "";
}
