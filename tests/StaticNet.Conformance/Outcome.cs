using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StaticNet.Execution;

namespace StaticNet.Conformance;

/// <summary>
/// Everything a network gives for one batch of drawn samples: predictions, losses, gradients, and where a few training steps lead. The
/// network is as before afterwards.
/// </summary>
public sealed class Outcome
{
    private readonly List<(string Name, float[] Values)> _tensors = [];

    private Outcome()
    {
    }

    public IReadOnlyList<(string Name, float[] Values)> Tensors => _tensors;

    /// <summary>Runs every program of a network.</summary>
    /// <param name="network">The network; its parameters are where it starts from.</param>
    /// <param name="batch">Samples; none is a batch too, but for training.</param>
    /// <param name="steps">Training steps, those of one half with an optimizer that needs the whole gradient.</param>
    /// <param name="before">Called before each program.</param>
    public static Outcome Of(NetworkUnderTest network, int batch, int steps = 2, Action? before = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var (outcome, core) = (new Outcome(), network.Core);
        var start = core.ParameterSpan.ToArray();
        core.Steps = 0;
        outcome.AddInference(network, batch, before);
        if (core.Info.TargetSize > 0)
        {
            outcome.AddLosses(network, batch, before);
            if (batch > 0)
                outcome.AddTraining(network, batch, steps, before);
        }

        start.CopyTo(core.ParameterSpan);
        return outcome;
    }

    /// <summary>SHA-256 of all bits in order; every NaN counts as the same.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, values) in _tensors)
            hash.AppendData(MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => float.IsNaN(value) ? float.NaN : value)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Asserts that two outcomes are the same to the last bit.</summary>
    public static void AssertSame(Outcome expected, Outcome actual, string when)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        Assert.Equal(expected._tensors.Select(tensor => tensor.Name), actual._tensors.Select(tensor => tensor.Name));
        foreach (var ((name, left), (_, right)) in expected._tensors.Zip(actual._tensors))
        {
            Assert.Equal(left.Length, right.Length);
            for (var i = 0; i < left.Length; i++)
            {
                if (BitConverter.SingleToInt32Bits(left[i]) != BitConverter.SingleToInt32Bits(right[i]) && !(float.IsNaN(left[i]) && float.IsNaN(right[i])))
                    Assert.Fail($"{when}: {name}[{i}] of {left.Length} is {right[i]:R} instead of {left[i]:R}.");
            }
        }
    }

    private void AddInference(NetworkUnderTest network, int batch, Action? before)
    {
        var input = Samples.Inputs(network.Info, batch);
        before?.Invoke();
        Add("forward", network.Infer(ProgramKind.Forward, input));
        before?.Invoke();
        Add("predict", network.Infer(ProgramKind.Predict, input));
        before?.Invoke();
        var (output, inputGradient) = network.Differentiate(input, Samples.OutputGradients(network.Info, batch));
        Add("recorded", output);
        Add("gradient of input", inputGradient);
        Add("gradients after backward", network.Gradients());
    }

    private void AddLosses(NetworkUnderTest network, int batch, Action? before)
    {
        var (input, target) = (Samples.Inputs(network.Info, batch), Samples.Targets(network.Info, batch));
        before?.Invoke();
        var (predictions, losses) = network.Evaluate(input, target, weight: 0.25f);
        Add("evaluated", predictions);
        Add("losses", losses);
        if (batch > 0)
        {
            before?.Invoke();
            Add("loss", [(float)network.Accumulate(input, target)]);
            Add("gradients", network.Gradients());
            Add("second loss", [(float)network.Accumulate(input, target, first: false)]);
            Add("sum of gradients", network.Gradients());
        }
    }

    private void AddTraining(NetworkUnderTest network, int batch, int steps, Action? before)
    {
        Optimizer[] optimizers = [new Sgd(0.01, momentum: 0.9), new Adam(0.001) { ClipNorm = 1 }];
        for (var step = 0; step < steps; step++)
        {
            var seed = 10 + (2 * (uint)step);
            var (input, target) = (Samples.Inputs(network.Info, batch, seed), Samples.Targets(network.Info, batch, seed + 1));
            before?.Invoke();
            Add($"loss of step {step}", [(float)network.TrainStep(input, target, optimizers[step * 2 / steps])]);
        }

        Add($"parameters after {steps} steps", network.Parameters());
    }

    private void Add(string name, float[] values) => _tensors.Add((name, values));

    private void Add(string name, Dictionary<string, float[]> tensors)
    {
        foreach (var (parameter, values) in tensors)
            Add($"{name}: {parameter}", values);
    }
}
