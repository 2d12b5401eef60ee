using BenchmarkDotNet.Attributes;
using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Models;

/// <summary>Whole networks on one thread, inference and training.</summary>
public class ModelSuite : IDisposable
{
    private IWorkload? _network;
    private AlignedBuffer? _input;
    private AlignedBuffer? _output;
    private TrainingData? _data;

    public static IEnumerable<string> Networks => BenchmarkedNetwork.All.Select(network => network.Shape.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [Params(1, 32, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        const int threads = 1;
        var network = BenchmarkedNetwork.Named(Network).Single();
        _network = network.Create(threads);
        _input = new(Batch * network.Shape.Inputs);
        _input.FillUniform(new Random(1), -1, 1);
        _output = new(Batch * network.Shape.Outputs);
        _data = new(network.Shape, Batch);
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
