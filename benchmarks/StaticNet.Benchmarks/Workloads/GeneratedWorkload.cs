using StaticNet.Execution;

namespace StaticNet.Benchmarks.Workloads;

internal delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

internal delegate double TrainCall(TrainingBatch batch, Optimizer optimizer);

/// <summary>A generated network behind <see cref="IWorkload"/>.</summary>
/// <param name="network">The network.</param>
/// <param name="threads">The most threads that a call uses.</param>
/// <param name="forward">Calls the network's own <c>Forward</c>, whose types are known only where the network is.</param>
/// <param name="train">Calls its <c>TrainStep</c> with the target that its loss takes.</param>
internal sealed class GeneratedWorkload<TInput, TOutput>(
    INetwork<TInput, TOutput> network, int threads, ForwardCall forward, TrainCall train) : IWorkload
    where TInput : IShape
    where TOutput : IShape
{
    private readonly Sgd _optimizer = new(learningRate: 0.01, momentum: 0.9);
    private readonly INetwork<TInput, TOutput> _network = WithThreads(network, threads);

    public string Name => _network.Core.Info.Name;

    public IReadOnlyList<Parameter> Parameters =>
        [.. Enumerable.Range(0, _network.Core.Info.Parameters.Length).Select(index => Copy(_network.Core.Parameter(index)))];

    public long MultiplyAdds => _network.Core.Info.Layers.Sum(layer => layer.MultiplyAdds);

    public void Disturb(Random random)
    {
        for (var index = 0; index < _network.Core.Info.Parameters.Length; index++)
        {
            var parameter = _network.Core.Parameter(index);
            if (parameter.Shape.Length == 1)
            {
                var isScale = parameter.Name.EndsWith(".weight", StringComparison.Ordinal)
                    || parameter.Name.EndsWith(".running_var", StringComparison.Ordinal);
                parameter.CopyFrom([.. Enumerable.Range(0, parameter.Length).Select(_ => random.NextSingle() - 0.5f + (isScale ? 1 : 0))]);
            }
        }
    }

    public Workspace Workspace(Mode mode)
    {
        if (mode == Mode.Training)
        {
            return _network.Core.TrainingWorkspace!;
        }

        // One caller at a time: the pool has but one, and it stays that one after it is given back.
        using var lease = _network.Core.Shared();
        return lease.Workspace;
    }

    public void To(Device device) => _network.Core.To(device);

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => forward(input, output);

    public double TrainStep(TrainingBatch batch) => train(batch, _optimizer);

    public double RepeatSteps(int count) => _network.Core.RepeatSteps(count, _optimizer);

    public TimeSpan TimeForward(ReadOnlySpan<float> input, Span<float> output, int before, int runs) =>
        _network.Core.TimeForward(input, output, before, runs);

    public void Dispose() => _network.Dispose();

    private static INetwork<TInput, TOutput> WithThreads(INetwork<TInput, TOutput> network, int threads)
    {
        network.Core.Threads = threads;
        return network;
    }

    private static Parameter Copy(ParameterView parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return new(parameter.Name, parameter.Shape.ToArray(), values);
    }
}
