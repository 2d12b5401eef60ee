using System.Diagnostics;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;
using StaticNet.Execution;

namespace StaticNet.Benchmarks.Stages;

/// <summary>Where the time of a network goes: times the stages of its program one by one, without a peer.</summary>
internal static class StagesCommand
{
    private const int MinimumRounds = 5;

    public static int Run(CompareOptions options)
    {
        if (options.Device != Device.Cpu)
        {
            throw new FormatException("Only what the processor does is timed by stages.");
        }

        foreach (var network in BenchmarkedNetwork.Named(options.Workload))
        {
            foreach (var mode in options.Modes)
            {
                foreach (var batch in options.Batches(network.Shape, mode))
                {
                    Print(network, mode, batch, options);
                }
            }
        }

        Console.WriteLine("µs: median over rounds. GFLOP/s: of a stage's multiply-adds, or of what takes as long where it has none.");
        return 0;
    }

    private static void Print(BenchmarkedNetwork network, Mode mode, int batch, CompareOptions options)
    {
        var shape = network.Shape;
        using var ours = network.Create(options.Threads);
        using AlignedBuffer input = new(batch * shape.Inputs), output = new(batch * shape.Outputs);
        using var data = new TrainingData(shape, batch);
        input.FillUniform(new Random(1), -1, 1);
        void Call()
        {
            if (mode == Mode.Inference)
            {
                ours.Forward(input.Span, output.Span);
            }
            else
            {
                data.Refresh(1);
                ours.TrainStep(data.Next());
            }
        }

        var times = Times(Call, () => ours.Workspace(mode), options);
        var workspace = ours.Workspace(mode);
        var titles = StageTitles.Of(ours.Name, workspace.Program);
        Line($"{shape.Name} {mode}, batch {batch}: {times.Sum():0.0} µs in {times.Length} stages");
        Line($"{"stage",5} {"µs",10} {"share",6} {"GFLOP/s",8} {"chunks",6}  what");
        for (var stage = 0; stage < times.Length; stage++)
        {
            var rate = 2e-3 * batch * workspace.Work(stage) / times[stage];
            Line($"{stage,5} {times[stage],10:0.00} {times[stage] / times.Sum(),6:0.0%} {rate,8:0.0} {workspace.Chunks(stage),6}  {titles[stage]}");
        }

        Console.WriteLine();
    }

    /// <summary>
    /// Before each round the network is called. Then its workspace knows the tensors, which stay where they are, so that the stages can
    /// run once more; and training goes on: the same step again and again would drive its gradients into denormal numbers.
    /// </summary>
    /// <returns>Microseconds of each stage.</returns>
    private static double[] Times(Action call, Func<Workspace> workspace, CompareOptions options)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            call();
        }
        while (Stopwatch.GetElapsedTime(start) < options.WarmUp);

        List<double[]> rounds = [];
        start = Stopwatch.GetTimestamp();
        while (rounds.Count < MinimumRounds || Stopwatch.GetElapsedTime(start) < options.Budget)
        {
            call();
            rounds.Add(Round(workspace(), options.Threads));
        }

        return [.. rounds[0].Select((_, stage) => Statistics.Median(rounds.Select(round => round[stage])))];
    }

    private static double[] Round(Workspace workspace, int threads)
    {
        var times = new double[workspace.Stages(workspace.Program)];
        for (var stage = 0; stage < times.Length; stage++)
        {
            var start = Stopwatch.GetTimestamp();
            workspace.Run(stage, stage + 1, threads);
            times[stage] = (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency;
        }

        return times;
    }

    private static void Line(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line).TrimEnd());
}
