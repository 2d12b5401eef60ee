using System.Globalization;
using System.Text.Json;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>PyTorch's training step of one network, timed inside its own process.</summary>
internal sealed class TorchTraining : ITimedSide
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly TorchProcess _process;

    public TorchTraining(TorchProcess process, NetworkShape shape, int batch, int threads)
    {
        _process = process;
        var settings = JsonSerializer.Serialize(
            new
            {
                shape.Widths,
                Hidden = JsonNamingPolicy.SnakeCaseLower.ConvertName(shape.Hidden.ToString()),
                Loss = JsonNamingPolicy.SnakeCaseLower.ConvertName(shape.Loss.ToString()),
                Batch = batch,
                Threads = threads,
            },
            s_options);
        process.Ask($"load {settings}");
    }

    public double Run(int calls) =>
        double.Parse(_process.Ask(string.Create(CultureInfo.InvariantCulture, $"run {calls}")), CultureInfo.InvariantCulture);
}
