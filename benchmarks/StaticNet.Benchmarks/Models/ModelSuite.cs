using BenchmarkDotNet.Attributes;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Models;

/// <summary>A network and a batch size that it is measured at.</summary>
public sealed record ModelCase(string Network, int Batch)
{
    public override string ToString() => $"{Network}, {Batch}";
}

/// <summary>Whole networks on one thread, inference and training.</summary>
public class ModelSuite : IDisposable
{
    private IWorkload? _network;
    private AlignedBuffer? _input;
    private AlignedBuffer? _output;
    private TrainingData? _data;

    public static IEnumerable<ModelCase> Cases =>
        from network in BenchmarkedNetwork.All
        from batch in network.Shape.InferenceBatches.Union(network.Shape.TrainingBatches)
        select new ModelCase(network.Shape.Name, batch);

    [ParamsSource(nameof(Cases))]
    public ModelCase Case { get; set; } = new("", 0);

    [GlobalSetup]
    public void Setup()
    {
        const int threads = 1;
        var network = BenchmarkedNetwork.Named(Case.Network).Single();
        _network = network.Create(threads);
        _input = new(Case.Batch * network.Shape.Inputs);
        _input.FillUniform(new Random(1), -1, 1);
        _output = new(Case.Batch * network.Shape.Outputs);
        _data = new(network.Shape, Case.Batch);
        _data.Refresh(int.MaxValue);
    }

    [Benchmark]
    public void Forward() => _network!.Forward(_input!.Span, _output!.Span);

    [Benchmark]
    public double TrainStep() => _network!.TrainStep(_data!.Next());

    [GlobalCleanup]
    public void Dispose()
    {
        _network?.Dispose();
        _input?.Dispose();
        _output?.Dispose();
        _data?.Dispose();
        GC.SuppressFinalize(this);
    }
}
