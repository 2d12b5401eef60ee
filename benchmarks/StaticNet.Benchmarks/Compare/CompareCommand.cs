using System.Globalization;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Sets every network beside its peers in one run, and prints and writes what it found.</summary>
internal static class CompareCommand
{
    /// <returns>The process's exit code: 1 when outputs disagree or a rate is above the machine's peak.</returns>
    public static int Run(CompareOptions options)
    {
        var networks = BenchmarkedNetwork.Named(options.Workload, options.Device);
        if (!options.Device.IsAvailable)
        {
            Console.Error.WriteLine($"Nothing was compared on {options.Device}: {options.Device.Description}");
            return 1;
        }

        var rounds = Rounds(options);
        using IMachine machine = options.Device == Device.Cpu ? new Machine(options.Threads) : new Gpu(options.Device);
        List<(BenchmarkedNetwork Network, Mode Mode, int Batch, Finding Finding)> findings = [];
        foreach (var mode in options.Modes)
        {
            using var comparison = Comparison(options.Device, mode);
            foreach (var network in networks)
            {
                foreach (var batch in options.Batches(network.Shape, mode))
                {
                    machine.Sample();
                    foreach (var finding in comparison.Run(network, batch, options.Threads, rounds))
                    {
                        findings.Add((network, mode, batch, finding));
                        Progress(network, mode, batch, finding);
                    }
                }
            }

            if (comparison.Missing is { } missing)
            {
                Console.Error.WriteLine(missing);
            }
        }

        machine.Sample();
        Row[] rows = [.. findings.Select(found => ToRow(found.Network, found.Mode, found.Batch, options.Threads, found.Finding, machine))];
        Table.Write(Console.Out, rows, machine);
        if (options.JsonPath is { } path)
        {
            Row.WriteJson(path, rows);
        }

        return Passes(rows.Zip(findings, (row, found) => (row, found.Finding.Agreement, found.Network.Shape.LargestFractionOfPeak))) ? 0 : 1;
    }

    private static IComparison Comparison(Device device, Mode mode) => (device == Device.Cpu, mode) switch
    {
        (true, Mode.Inference) => new InferenceComparison(),
        (true, _) => new TrainingComparison(),
        (false, Mode.Inference) => new CudaProductComparison(),
        (false, _) => new CudaTrainingComparison(),
    };

    private static PairedRounds Rounds(CompareOptions options) => new(
        warmUp: options.WarmUp,
        block: TimeSpan.FromMilliseconds(options.Quick ? 20 : 40),
        budget: options.Budget,
        settles: options.Threads > 1);

    private static Row ToRow(BenchmarkedNetwork network, Mode mode, int batch, int threads, Finding finding, IMachine machine)
    {
        var measured = finding.Measured;
        var gflops = network.Shape.Flops(mode, batch) / (1e3 * measured.OursMicroseconds);
        return new(
            network.Shape.Name,
            mode,
            batch,
            network.Precision,
            threads,
            measured.OursMicroseconds,
            finding.Peer,
            measured.PeerMicroseconds,
            measured.Ratio,
            measured.InterquartileRange,
            gflops,
            gflops / machine.PeakGflops(network.Precision),
            finding.BytesAllocated);
    }

    private static void Progress(BenchmarkedNetwork network, Mode mode, int batch, Finding finding)
    {
        var agreement = finding.Agreement is { } found
            ? $", max |difference| {found.LargestDifference:0.0e+0} of max |output| {found.LargestReference:0.0e+0}"
            : "";
        var ratio = finding.Measured.Ratio is { } measured ? $", ratio {measured:0.00}" : "";
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network.Shape.Name} {mode}, batch {batch}, {network.Precision}: {finding.Measured.OursMicroseconds:0.000} µs{ratio}{agreement}"));
    }

    private static bool Passes(IEnumerable<(Row Row, Agreement? Agreement, double LargestFractionOfPeak)> found)
    {
        var passes = true;
        foreach (var (row, agreement, largest) in found)
        {
            if (agreement is { Holds: false })
            {
                Console.Error.WriteLine($"FAILED: {row.Workload}, batch {row.Batch}: our results differ from the reference's.");
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
