using StaticNet.Conformance;
using StaticNet.Execution;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>What the interpreter makes of a network in double precision, and that the generated code agrees.</summary>
/// <param name="model">The network as the compiler sees it.</param>
/// <param name="network">The same as it runs.</param>
/// <param name="tolerance">How far a tensor may be off for each unit of its largest element; as is usual on the processor unless given.</param>
/// <param name="roundOperands">What the network does to the operands of a contraction; nothing unless given.</param>
internal sealed class Oracle(NetworkModel model, NetworkUnderTest network, double? tolerance = null, Func<Node, Func<double, double>?>? roundOperands = null)
{
    /// <summary>Nearer to a branch than this, single precision may take the other side.</summary>
    private const double LeastMargin = 1e-5;

    /// <summary>
    /// What values are off by, relatively, before they are rounded, to see how much of an error is the network's own; those that are
    /// single-precision numbers, such as class indices, stay what they are.
    /// </summary>
    private const double Nudge = 1.0 / (1 << 25);

    private readonly double _tolerance = tolerance ?? (HasTiles(model) ? Agreement.Winograd : Agreement.Tensor);

    /// <summary>Whether an operand came so near to where its rounding changes that single precision may round it otherwise.</summary>
    private bool _isNearRounding;

    private readonly Dictionary<string, ParameterSpec> _parameters =
        model.Layers.SelectMany(layer => layer.Parameters).ToDictionary(parameter => parameter.Name);

    private readonly int _classes = model.Target is { Kind: TargetKind.ClassIndex } target ? target.Classes : 0;

    /// <summary>Compiles networks and compares them at a few batch sizes.</summary>
    public static void AssertAgree(params string[] declarations)
    {
        using var networks = CompiledNetworks.Compile(declarations);
        AssertAgree(networks, 1, 3, 11);
    }

    /// <summary>Compares networks at batch sizes, beginning with memory full of NaN.</summary>
    public static void AssertAgree(CompiledNetworks networks, params int[] batches)
    {
        for (var i = 0; i < networks.Models.Count; i++)
        {
            using var network = networks.Create(i);
            foreach (var batch in batches)
            {
                network.Core.Poison(float.NaN);
                Assert.Contains(Enumerable.Range(0, 8), attempt => new Oracle(networks.Models[i], network).Agrees(batch, seed: 100 + (10 * (uint)attempt)));
            }
        }
    }

    /// <summary>Compares everything for one batch. False when the drawn samples come too near to a branch to tell anything.</summary>
    public bool Agrees(int batch, uint seed)
    {
        var input = Samples.Inputs(network.Info, batch, seed);
        var outputGradient = Samples.OutputGradients(network.Info, batch, seed + 1);
        _isNearRounding = false;
        var target = model.Target is null ? Array.Empty<float>() : Samples.Targets(network.Info, batch, seed + 2);
        var step = (ulong)network.Core.Steps;
        var bindings = Bindings(input, outputGradient, target, batch);

        var recorded = Differentiate.Run(Lower.Run(model, GraphPurpose.Record), GradientSeed.Output, inputGradients: true);
        var trained = model.Target is null
            ? null
            : Differentiate.Run(Lower.Run(model, GraphPurpose.Train), GradientSeed.Loss);
        foreach (var graph in new[] { recorded, trained })
        {
            if (graph is not null && !(Margins.Least(graph, g => Run(g, batch, bindings, step)) >= LeastMargin))
                return false;
        }

        var forward = Reference(Lower.Run(model, GraphPurpose.Forward), batch, bindings, step);
        forward("output", network.Infer(ProgramKind.Forward, input));
        var predict = Reference(Lower.Run(model, GraphPurpose.Predict), batch, bindings, step);
        predict("output", network.Infer(ProgramKind.Predict, input));
        var record = Reference(recorded, batch, bindings, step);
        CompareRecorded(record, input, outputGradient, batch);
        CompareStates(record, recorded);
        bindings = Bindings(input, outputGradient, target, batch);
        if (trained is not null)
        {
            var evaluate = Reference(Lower.Run(model, GraphPurpose.Evaluate), batch, bindings, step);
            var (predictions, losses) = network.Evaluate(input, target, 1f / batch);
            evaluate("output", predictions);
            evaluate("loss", losses);
            var train = Reference(trained, batch, bindings, step + 1);
            CompareTrained(train, input, target);
            CompareStates(train, trained);
        }

        return !_isNearRounding;
    }

    private void CompareRecorded(Action<string, float[]> reference, float[] input, float[] outputGradient, int batch)
    {
        var (output, inputGradient) = network.Differentiate(input, outputGradient);
        reference("output", output);
        CompareGradients(reference);
        var start = 0;
        for (var i = 0; i < network.Info.InputSizes.Length; i++)
        {
            var end = start + (batch * network.Info.InputSizes[i]);
            reference(Differentiate.GradientOfInput(i), inputGradient[start..end]);
            start = end;
        }
    }

    private void CompareTrained(Action<string, float[]> reference, float[] input, Array target)
    {
        network.Accumulate(input, target);
        CompareGradients(reference);
    }

    private void CompareGradients(Action<string, float[]> reference)
    {
        foreach (var (name, values) in InGraphOrder(network.Gradients()))
            reference(Differentiate.GradientOf(name), values);
    }

    private Dictionary<string, float[]> InGraphOrder(Dictionary<string, float[]> values) =>
        values.ToDictionary(pair => pair.Key, pair => GraphOrder.Of(_parameters[pair.Key], pair.Value));

    private void CompareStates(Action<string, float[]> reference, Graph graph)
    {
        var values = InGraphOrder(network.Parameters());
        foreach (var write in graph.StateWrites.Select(node => ((StateWriteOperation)node.Operation).State.Name))
            reference(write, values[write]);
    }

    /// <summary>Compares a named output, or a tensor of state: as closely as everything must agree, but for what rounding does in the reference itself.</summary>
    private Action<string, float[]> Reference(Graph graph, int batch, Dictionary<string, double[]> bindings, ulong step)
    {
        var random = new Random(1);
        var exact = Run(graph, batch, bindings, step);
        IrInterpreter[] rounded = [.. Enumerable.Range(0, 2).Select(_ =>
            Run(graph, batch, bindings, step, value => (float)(value * (1 + (Nudge * ((2 * random.NextDouble()) - 1))))))];
        return (name, actual) =>
        {
            double[] Of(IrInterpreter run) => graph.Has(name) ? run[name] : run.State(name);
            var expected = Of(exact);
            var largest = expected.Select(Math.Abs).DefaultIfEmpty().Max();
            var own = rounded.SelectMany(other => expected.Zip(Of(other), (a, b) => Math.Abs(a - b))).DefaultIfEmpty().Max();
            if (largest == 0)
            {
                // What cancels exactly in the reference is off by what rounding alone makes of it.
                Assert.Equal(expected.Length, actual.Length);
                Assert.All(actual, value => Assert.True(Math.Abs(value) <= 16 * own, $"{name} at batch {batch}: {value} instead of 0 ± {16 * own}"));
                return;
            }

            if (roundOperands is not null && 4 * own > _tolerance * largest)
            {
                _isNearRounding = true;
                return;
            }

            var tolerance = Math.Max(_tolerance, 16 * own / largest);
            Agreement.OfTensor<float>(new($"{name} at batch {batch}", [expected.Length], expected), actual, tolerance);
        };
    }

    private static bool HasTiles(NetworkModel model) =>
        LayOut.Run(Simplify.Run(Differentiate.Run(Lower.Run(model, GraphPurpose.Record), GradientSeed.Output, inputGradients: true))).Nodes.Any(node =>
            node.Operation is ContractOperation && WindowContract.Of(node) is { } windows && WinogradTiles.Of(windows) is not null);

    private IrInterpreter Run(Graph graph, int batch, Dictionary<string, double[]> bindings, ulong step, Func<double, double>? round = null) =>
        IrInterpreter.Run(
            graph,
            batch,
            bindings,
            (stream, row, column) => Philox.Uniform(unchecked((ulong)network.Core.Seed), step, (uint)stream, row, column),
            round,
            roundOperands);

    private Dictionary<string, double[]> Bindings(float[] input, float[] outputGradient, Array target, int batch)
    {
        var bindings = InGraphOrder(network.Parameters()).ToDictionary(pair => pair.Key, pair => Doubles(pair.Value));
        bindings[Differentiate.OutputGradientName] = Doubles(outputGradient);
        bindings["sampleWeight"] = [.. Enumerable.Repeat((double)(1f / batch), batch)];
        bindings["target"] = _classes > 0 ? Array.ConvertAll((int[])target, index => (double)index) : Doubles((float[])target);
        var start = 0;
        for (var i = 0; i < model.Inputs.Count; i++)
        {
            var end = start + (batch * network.Info.InputSizes[i]);
            bindings[model.Inputs[i].Name] = Doubles(input[start..end]);
            start = end;
        }

        return bindings;
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
