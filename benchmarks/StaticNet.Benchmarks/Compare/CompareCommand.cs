using System.Globalization;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Sets every network beside its peer in one run, and prints and writes what it found.</summary>
internal static class CompareCommand
{
    /// <returns>The process's exit code: 1 when outputs disagree or a rate is above the machine's peak.</returns>
    public static int Run(CompareOptions options)
    {
        var networks = BenchmarkedNetwork.Named(options.Workload);
        var rounds = Rounds(options);
        using var machine = new Machine(options.Threads);
        List<(NetworkShape Shape, Mode Mode, int Batch, Finding Finding)> findings = [];
        foreach (var mode in options.Modes)
        {
            using IComparison comparison = mode == Mode.Inference ? new InferenceComparison() : new TrainingComparison();
            foreach (var network in networks)
            {
                foreach (var batch in options.Batches(network.Shape, mode))
                {
                    machine.Sample();
                    var finding = comparison.Run(network, batch, options.Threads, rounds);
                    findings.Add((network.Shape, mode, batch, finding));
                    Progress(network.Shape, mode, batch, finding);
                }
            }

            if (comparison.Missing is { } missing)
            {
                Console.Error.WriteLine(missing);
            }
        }

        machine.Sample();
        Row[] rows = [.. findings.Select(found => ToRow(found.Shape, found.Mode, found.Batch, options.Threads, found.Finding, machine))];
        Table.Write(Console.Out, rows, machine);
        if (options.JsonPath is { } path)
        {
            Row.WriteJson(path, rows);
        }

        return Passes(rows.Zip(findings, (row, found) => (row, found.Finding.Agreement, found.Shape.LargestFractionOfPeak))) ? 0 : 1;
    }

    private static PairedRounds Rounds(CompareOptions options) => new(
        warmUp: options.WarmUp,
        block: TimeSpan.FromMilliseconds(options.Quick ? 20 : 40),
        budget: options.Budget,
        settles: options.Threads > 1);

    private static Row ToRow(NetworkShape shape, Mode mode, int batch, int threads, Finding finding, Machine machine)
    {
        var measured = finding.Measured;
        var gflops = shape.Flops(mode, batch) / (1e3 * measured.OursMicroseconds);
        return new(
            shape.Name,
            mode,
            batch,
            threads,
            measured.OursMicroseconds,
            finding.Peer,
            measured.PeerMicroseconds,
            measured.Ratio,
            measured.InterquartileRange,
            gflops,
            gflops / machine.PeakGflops,
            finding.BytesAllocated);
    }

    private static void Progress(NetworkShape shape, Mode mode, int batch, Finding finding)
    {
        var agreement = finding.Agreement is { } found
            ? $", max |difference| {found.LargestDifference:0.0e+0} of max |output| {found.LargestReference:0.0e+0}"
            : "";
        var ratio = finding.Measured.Ratio is { } measured ? $", ratio {measured:0.00}" : "";
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Name} {mode}, batch {batch}: {finding.Measured.OursMicroseconds:0.000} µs{ratio}{agreement}"));
    }

    private static bool Passes(IEnumerable<(Row Row, Agreement? Agreement, double LargestFractionOfPeak)> found)
    {
        var passes = true;
        foreach (var (row, agreement, largest) in found)
        {
            if (agreement is { Holds: false })
            {
                Console.Error.WriteLine($"FAILED: {row.Workload}, batch {row.Batch}: the outputs differ from {row.Peer}'s.");
                passes = false;
            }

            if (row.FractionOfPeak > largest)
            {
                Console.Error.WriteLine($"FAILED: {row.Workload} {row.Mode}, batch {row.Batch}: faster than the machine's peak, so one of the two is measured wrongly.");
                passes = false;
            }
        }

        return passes;
    }
}
