using System.Text.RegularExpressions;
using StaticNet.Conformance;
using StaticNet.Cpu.Tests.Compiled;
using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

/// <summary>
/// Every layer and loss from its attribute through lowering and differentiation, in double precision, against PyTorch's. Both sides are
/// double; a few of PyTorch's constants are not.
/// </summary>
public class ReferenceVectorTests
{
    private const double Tolerance = 1e-7;

    public static TheoryData<string> ActivationCases => [.. ReferenceNetworks.Activations.Keys];

    public static TheoryData<string> LossCases => [.. VectorFile.Open("losses").Described("case")];

    public static TheoryData<string> GraphCases => [.. ReferenceNetworks.Graphs.Keys];

    /// <summary>These describe their cases as they are declared.</summary>
    public static TheoryData<string, string> ImageCases =>
        [.. from file in (string[])["convolutions", "pooling", "normalizations", "image-networks"]
            from name in VectorFile.Open(file).Described("case")
            select (file, name)];

    [Theory]
    [MemberData(nameof(ActivationCases))]
    public void Activations_and_their_derivatives_are_PyTorchs(string name)
    {
        var section = VectorFile.Open("activations").Section(name);
        var shape = section.Given("input").Shape;
        var model = Source.Analyze($"[Input({shape[1]})] [{ReferenceNetworks.Activations[name]}]");

        var result = Differentiated(model, GraphPurpose.Record, shape[0], Bindings(model, section, shape[0]));

        Agreement.OfPoints<double>(section.Reference("output"), result["output"], Tolerance);
        Agreement.OfPoints<double>(section.Reference("inputGradient"), result[Differentiate.GradientOfInput(0)], Tolerance);
    }

    [Theory]
    [MemberData(nameof(LossCases))]
    public void Losses_and_their_gradients_are_PyTorchs(string name)
    {
        var section = VectorFile.Open("losses").Section(name);
        CompareLoss(section, ReferenceNetworks.Loss(name, section.Batch(section.Batches.First()).Given("input").Shape[1]));
    }

    [Theory]
    [MemberData(nameof(GraphCases))]
    public void Graphs_and_their_gradients_are_PyTorchs(string name) =>
        CompareNetwork(VectorFile.Open("graphs").Section(name), ReferenceNetworks.Graphs[name]);

    [Fact]
    public void A_network_of_every_activation_is_PyTorchs() =>
        CompareNetwork(VectorFile.Open("every-activation").Section("every-activation"), ReferenceNetworks.EveryActivation);

    [Theory]
    [MemberData(nameof(ImageCases))]
    public void Layers_of_images_and_their_gradients_are_PyTorchs(string file, string name)
    {
        var attributes = $"[{VectorFile.Open(file).Description("case", name)}]";
        var kinds = Regex.Matches(attributes, @"(?<=\[|\), |[a-z0-9D], )[A-Z]\w+(?=\(|,|\])").Select(match => match.Value);
        Assert.SkipUnless(kinds.All(LayerCatalog.Parts.ContainsKey), "It takes layers that are not there.");
        var section = VectorFile.Open(file).Section(name);
        if (section.Batch(section.Batches.First()).Contains("loss"))
            CompareLoss(section, attributes);
        else
            CompareNetwork(section, attributes);
    }

    [Fact]
    public void Every_case_is_tested()
    {
        Assert.Equal(VectorFile.Open("graphs").Described("case"), ReferenceNetworks.Graphs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            VectorFile.Open("activations").Names.Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal),
            ReferenceNetworks.Activations.Keys.Order(StringComparer.Ordinal));
    }

    private static void CompareLoss(VectorSection section, string attributes)
    {
        var model = Source.Analyze(attributes);
        Assert.Empty(model.Findings);
        foreach (var batch in BatchesOf(section))
        {
            var part = section.Batch(batch);
            var bindings = Bindings(model, part, batch, ParametersOf(section));

            // The numbers are those of training: with running statistics, inference has others.
            var hasStatistics = model.Layers.SelectMany(layer => layer.Parameters).Any(parameter => parameter.IsState);
            var forward = Interpret(Lower.Run(model, GraphPurpose.Record), batch, bindings);
            var evaluated = Interpret(Lower.Run(model, GraphPurpose.Evaluate), batch, bindings);
            var trained = Differentiated(model, GraphPurpose.Train, batch, bindings);

            Agreement.OfTensor<double>(part.Reference("output"), forward["output"], Tolerance);
            foreach (var losses in hasStatistics ? [trained["loss"]] : new[] { evaluated["loss"], trained["loss"] })
            {
                Agreement.OfTensor<double>(part.Reference("sampleLoss"), [.. losses.Select(loss => loss * batch)], Tolerance);
                Assert.Equal(part.Reference("loss").Scalar, losses.Sum(), Tolerance * Math.Max(1, part.Reference("loss").Scalar));
            }

            CompareGradients(model, part, trained);
        }
    }

    private static void CompareNetwork(VectorSection section, string attributes)
    {
        var model = Source.Analyze(attributes);
        Assert.Empty(model.Findings);
        foreach (var batch in BatchesOf(section))
        {
            var part = section.Batch(batch);
            var bindings = Bindings(model, part, batch, ParametersOf(section));
            var result = Differentiated(model, GraphPurpose.Record, batch, bindings);

            Agreement.OfTensor<double>(part.Reference("output"), result["output"], Tolerance);
            CompareGradients(model, part, result);
            CompareStates(model, part, batch, bindings, result);
        }
    }

    /// <summary>What one pass in training mode makes of running statistics, and what inference makes of those given.</summary>
    private static void CompareStates(NetworkModel model, VectorSection part, int batch, Dictionary<string, double[]> bindings, IrInterpreter trained)
    {
        var states = model.Layers.SelectMany(layer => layer.Parameters).Where(parameter => parameter.IsState).Select(parameter => parameter.Name).ToList();
        Assert.Equal(states.Count > 0, part.Contains("inferenceOutput"));
        foreach (var name in states)
        {
            Agreement.OfTensor<double>(part.Reference($"statistics/{name}"), trained.State(name), Tolerance);
        }

        if (states.Count > 0)
        {
            var inferred = Interpret(Lower.Run(model, GraphPurpose.Forward), batch, bindings);
            Agreement.OfTensor<double>(part.Reference("inferenceOutput"), inferred["output"], Tolerance);
        }
    }

    private static void CompareGradients(NetworkModel model, VectorSection part, IrInterpreter result)
    {
        foreach (var name in part.Names.Where(name => name.StartsWith("gradients/", StringComparison.Ordinal)))
        {
            var parameter = ParameterOf(model, name["gradients/".Length..]);
            var reference = part.Reference(name);
            reference = new(name, reference.Shape, GraphOrder.Of(parameter, reference.Values));
            Agreement.OfTensor<double>(reference, result[Differentiate.GradientOf(parameter.Name)], Tolerance);
        }

        for (var i = 0; i < model.Inputs.Count; i++)
        {
            var name = "inputGradient" + SuffixOf(model, model.Inputs[i]);
            Agreement.OfTensor<double>(part.Reference(name), result[Differentiate.GradientOfInput(i)], Tolerance);
        }
    }

    private static ParameterSpec ParameterOf(NetworkModel model, string name) =>
        model.Layers.SelectMany(layer => layer.Parameters).Single(parameter => parameter.Name == name);

    /// <summary>The file calls the inputs <c>input</c>, or <c>input.NAME</c> where there are several.</summary>
    private static string SuffixOf(NetworkModel model, InputModel input) => model.Inputs.Count == 1 ? "" : $".{input.Name}";

    private static Dictionary<string, double[]> Bindings(NetworkModel model, VectorSection part, int batch, VectorSection? parameters = null)
    {
        Dictionary<string, double[]> bindings = new() { ["sampleWeight"] = [.. Enumerable.Repeat(1.0 / batch, batch)] };
        foreach (var input in model.Inputs)
        {
            bindings[input.Name] = part.Reference("input" + SuffixOf(model, input)).Values;
        }

        foreach (var name in parameters?.Names ?? [])
        {
            bindings[name] = GraphOrder.Of(ParameterOf(model, name), parameters!.Reference(name).Values);
        }

        if (part.Contains("target"))
        {
            bindings["target"] = model.Target!.Kind == TargetKind.ClassIndex
                ? [.. part.Indices("target").Values.Select(index => (double)index)]
                : part.Reference("target").Values;
        }

        if (part.Contains("outputGradient"))
        {
            bindings[Differentiate.OutputGradientName] = part.Reference("outputGradient").Values;
        }

        return bindings;
    }

    /// <summary>Large batches mean the same and take their time.</summary>
    private static IEnumerable<int> BatchesOf(VectorSection section) => section.Batches.Take(2);

    private static VectorSection? ParametersOf(VectorSection section) =>
        section.Names.Any(name => name.StartsWith("parameters/", StringComparison.Ordinal)) ? section.Section("parameters") : null;

    private static IrInterpreter Differentiated(NetworkModel model, GraphPurpose purpose, int batch, Dictionary<string, double[]> bindings)
    {
        var forward = Lower.Run(model, purpose);
        IrVerifier.Verify(forward);
        var seed = purpose == GraphPurpose.Train ? GradientSeed.Loss : GradientSeed.Output;
        return Interpret(Differentiate.Run(forward, seed, inputGradients: true), batch, bindings);
    }

    private static IrInterpreter Interpret(Graph graph, int batch, Dictionary<string, double[]> bindings)
    {
        IrVerifier.Verify(graph);
        return IrInterpreter.Run(graph, batch, bindings);
    }
}
