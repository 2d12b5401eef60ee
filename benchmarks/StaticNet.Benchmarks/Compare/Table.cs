using System.Globalization;
using System.Text;
using StaticNet.Benchmarks.Probes;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Rows as text.</summary>
internal static class Table
{
    private static readonly CompositeFormat s_format =
        CompositeFormat.Parse("{0,-17} {1,-9} {2,5} {3,-13} {4,7} {5,12} {6,12} {7,7} {8,6} {9,8} {10,6} {11,6}  {12}");

    public static void Write(TextWriter output, IEnumerable<Row> rows, IMachine machine)
    {
        Line(output, "workload", "mode", "batch", "precision", "threads", "StaticNet µs", "peer µs", "ratio", "IQR", "GFLOP/s", "peak", "B/call", "peer");
        foreach (var row in rows)
        {
            Line(
                output,
                row.Workload,
                row.Mode,
                row.Batch,
                row.Precision,
                row.Threads,
                Microseconds(row.StaticnetUs),
                row.PeerUs is { } microseconds ? Microseconds(microseconds) : "-",
                row.Ratio is { } ratio ? Number(ratio, "0.00") : "-",
                row.Iqr is { } range ? Number(range, "0.00") : "-",
                Number(row.Gflops, "0.0"),
                Number(row.FractionOfPeak, "0.0%"),
                Number(row.BytesAllocated, "0.#"),
                row.Peer ?? "-");
        }

        output.WriteLine();
        output.WriteLine(machine.Summary);
        output.WriteLine("ratio: median over paired rounds of peer / StaticNet, above 1 where StaticNet is faster; IQR: its interquartile range.");
    }

    private static void Line(TextWriter output, params object[] cells) =>
        output.WriteLine(string.Format(CultureInfo.InvariantCulture, s_format, cells).TrimEnd());

    private static string Microseconds(double value) => Number(value, value < 10 ? "0.000" : value < 1000 ? "0.0" : "#,0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
