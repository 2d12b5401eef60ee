using BenchmarkDotNet.Attributes;
using StaticNet.Benchmarks.Probes;

namespace StaticNet.Benchmarks.Layers;

/// <summary>Single layers of 1024 inputs on one thread, inference.</summary>
public class LayerSuite : IDisposable
{
    private readonly DenseLayer _dense = new(seed: 1) { Threads = 1 };
    private readonly DenseReluLayer _denseRelu = new(seed: 1) { Threads = 1 };
    private readonly SigmoidLayer _sigmoid = new() { Threads = 1 };
    private readonly TanhLayer _tanh = new() { Threads = 1 };
    private readonly GeluLayer _gelu = new() { Threads = 1 };
    private readonly SoftmaxLayer _softmax = new() { Threads = 1 };
    private AlignedBuffer? _input;
    private AlignedBuffer? _wide;
    private AlignedBuffer? _narrow;

    [Params(1, 64)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _input = new(Batch * 1024);
        _input.FillUniform(new Random(1), -4, 4);
        _wide = new(Batch * 1024);
        _narrow = new(Batch * 256);
    }

    [Benchmark]
    public void Dense() => _dense.Forward(_input!.Span, _narrow!.Span);

    [Benchmark]
    public void DenseRelu() => _denseRelu.Forward(_input!.Span, _narrow!.Span);

    [Benchmark]
    public void Sigmoid() => _sigmoid.Forward(_input!.Span, _wide!.Span);

    [Benchmark]
    public void Tanh() => _tanh.Forward(_input!.Span, _wide!.Span);

    [Benchmark]
    public void Gelu() => _gelu.Forward(_input!.Span, _wide!.Span);

    [Benchmark]
    public void Softmax() => _softmax.Forward(_input!.Span, _wide!.Span);

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (IDisposable? owned in new IDisposable?[] { _dense, _denseRelu, _sigmoid, _tanh, _gelu, _softmax, _input, _wide, _narrow })
        {
            owned?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
