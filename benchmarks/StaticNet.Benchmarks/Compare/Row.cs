using System.Text.Json;
using System.Text.Json.Serialization;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>One comparison's result. Peer columns are null where no peer was installed.</summary>
/// <param name="Workload">The network's name.</param>
/// <param name="Mode">Inference or training.</param>
/// <param name="Batch">Rows of a call.</param>
/// <param name="Precision">What our products are computed in.</param>
/// <param name="Threads">Threads of either side.</param>
/// <param name="StaticnetUs">Median microseconds of our call.</param>
/// <param name="Peer">The peer's name and version.</param>
/// <param name="PeerUs">Median microseconds of the peer's call.</param>
/// <param name="Ratio">Median over paired rounds of the peer's time by ours.</param>
/// <param name="Iqr">Interquartile range of the rounds' ratios.</param>
/// <param name="Gflops">The arithmetic rate of our matrix products, GFLOP/s.</param>
/// <param name="FractionOfPeak">That rate by the machine's multiply-add peak in this run.</param>
/// <param name="BytesAllocated">Managed bytes that one of our calls allocated, on all threads.</param>
internal sealed record Row(
    string Workload,
    Mode Mode,
    int Batch,
    Precision Precision,
    int Threads,
    double StaticnetUs,
    string? Peer,
    double? PeerUs,
    double? Ratio,
    double? Iqr,
    double Gflops,
    double FractionOfPeak,
    double BytesAllocated)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    public static void WriteJson(string path, IEnumerable<Row> rows) => File.WriteAllText(path, JsonSerializer.Serialize(rows, s_json) + "\n");
}
