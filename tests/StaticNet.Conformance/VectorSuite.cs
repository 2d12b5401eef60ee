using StaticNet.Execution;

namespace StaticNet.Conformance;

/// <summary>Generated networks against PyTorch in double precision: outputs, losses, gradients, training.</summary>
public abstract class VectorSuite
{
    public static TheoryData<string> Activations => [.. VectorFile.Open("activations").Names.Select(name => name.Split('/')[0]).Distinct()];

    public static TheoryData<string> Losses => Cases("losses");

    public static TheoryData<string> Graphs => Cases("graphs");

    public static TheoryData<string> Classifiers => Cases("mlp");

    public static TheoryData<string, string> Images =>
        [.. from file in (string[])["convolutions", "pooling", "normalizations"] from name in VectorFile.Open(file).Described("case") select (file, name)];

    public static TheoryData<string> ImageClassifiers => Cases("image-networks");

    public static TheoryData<string> Penalties => Cases("regularization");

    protected abstract bool Exists(string file, string name);

    /// <summary>The generated network of a case of a file.</summary>
    protected abstract NetworkUnderTest Create(string file, string name);

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_and_their_derivatives_are_PyTorchs(string name)
    {
        var section = VectorFile.Open("activations").Section(name);
        using var network = Create("activations", name);
        var input = section.Given("input").Values;

        var (recorded, inputGradient) = network.Differentiate(input, section.Given("outputGradient").Values);

        Agreement.OfPoints<float>(section.Reference("output"), network.Infer(ProgramKind.Forward, input));
        Agreement.OfPoints<float>(section.Reference("output"), recorded);
        Agreement.OfPoints<float>(section.Reference("inputGradient"), inputGradient);
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Graphs_and_their_gradients_are_PyTorchs(string name) => CompareGraph("graphs", name);

    [Fact]
    public void Every_activation_in_sequence_is_PyTorchs() => CompareGraph("every-activation", "every-activation");

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_and_their_gradients_are_PyTorchs(string name) => CompareLoss("losses", name);

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Classifiers_are_PyTorchs(string name) => CompareLoss("mlp", name);

    [Theory]
    [MemberData(nameof(Images))]
    public void Layers_of_images_and_their_gradients_are_PyTorchs(string file, string name)
    {
        Assert.SkipUnless(Exists(file, name), "It takes layers that are not there.");
        CompareGraph(file, name, Agreement.Convolutional);
    }

    [Theory]
    [MemberData(nameof(ImageClassifiers))]
    public void Classifiers_of_images_are_PyTorchs(string name)
    {
        Assert.SkipUnless(Exists("image-networks", name), "It takes layers that are not there.");
        CompareLoss("image-networks", name, Agreement.Convolutional);
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Ten_steps_of_momentum_go_where_PyTorchs_go(string name) => CompareSteps("mlp", name, learningRate: 0.01);

    [Theory]
    [MemberData(nameof(ImageClassifiers))]
    public void Ten_steps_on_images_go_where_PyTorchs_go(string name)
    {
        Assert.SkipUnless(Exists("image-networks", name), "It takes layers that are not there.");
        CompareSteps("image-networks", name, learningRate: 0.05);
    }

    /// <summary>Penalties enter where gradients are applied: a step of plain descent tells them.</summary>
    [Theory]
    [MemberData(nameof(Penalties))]
    public void Penalties_and_their_gradients_are_PyTorchs(string name)
    {
        const int rate = 64;
        var section = VectorFile.Open("regularization").Section(name);
        foreach (var batch in section.Batches)
        {
            using var network = Given("regularization", name);
            var part = section.Batch(batch);
            var before = network.Parameters();

            var loss = network.TrainStep(part.Given("input").Values, part.Given("target").Values, new Sgd(rate));

            Agreement.OfTensor<double>(part.Reference("loss"), [loss]);
            foreach (var (parameter, after) in network.Parameters())
                Agreement.OfTensor<float>(part.Reference($"gradients/{parameter}"), [.. after.Zip(before[parameter], (a, b) => (b - a) / rate)]);
        }
    }

    private static TheoryData<string> Cases(string file) => [.. VectorFile.Open(file).Described("case")];

    private void CompareGraph(string file, string name, double tolerance = Agreement.Tensor)
    {
        foreach (var batch in VectorFile.Open(file).Section(name).Batches)
        {
            using var network = Given(file, name);
            var part = VectorFile.Open(file).Section(name).Batch(batch);
            var input = Parts(network, part, "input");

            var output = network.Infer(ProgramKind.Forward, input);
            var (recorded, inputGradient) = network.Differentiate(input, part.Given("outputGradient").Values);

            Agreement.OfTensor<float>(Inferred(part), output, tolerance);
            Agreement.OfTensor<float>(part.Reference("output"), recorded, tolerance);
            CompareInputGradients(network, part, batch, inputGradient, tolerance);
            CompareGradients(part, network.Gradients(), tolerance);
            CompareStatistics(part, network.Parameters(), tolerance);
        }
    }

    private void CompareLoss(string file, string name, double tolerance = Agreement.Tensor)
    {
        foreach (var batch in VectorFile.Open(file).Section(name).Batches)
        {
            using var network = Given(file, name);
            var part = VectorFile.Open(file).Section(name).Batch(batch);
            var input = part.Given("input").Values;
            Array target = network.Info.Classes > 0 ? part.Indices("target").Values : part.Given("target").Values;

            var output = network.Infer(ProgramKind.Forward, input);
            var (_, losses) = network.Evaluate(input, target, weight: 1);
            var loss = network.Accumulate(input, target);
            var (gradients, parameters) = (network.Gradients(), network.Parameters());
            var (_, inputGradient) = network.Differentiate(input, [.. part.Reference("outputGradient").Values.Select(g => (float)g)]);

            Compare(name, Inferred(part), output, tolerance);
            if (!part.Contains("inferenceOutput"))
                Compare(name, part.Reference("sampleLoss"), losses, tolerance);
            Agreement.OfTensor<double>(part.Reference("loss"), [loss], tolerance);
            CompareGradients(part, gradients, tolerance);
            CompareStatistics(part, parameters, tolerance);
            CompareGradients(part, network.Gradients(), tolerance);
            Compare(name, part.Reference("inputGradient"), inputGradient, tolerance);
        }
    }

    /// <summary>What a case gives in inference mode, where that is something else.</summary>
    private static VectorTensor<double> Inferred(VectorSection part) => part.Reference(part.Contains("inferenceOutput") ? "inferenceOutput" : "output");

    private void CompareSteps(string file, string name, double learningRate)
    {
        var section = VectorFile.Open(file).Section(name);
        var steps = section.Section("steps");
        using var network = Given(file, name);
        var optimizer = new Sgd(learningRate, momentum: 0.9);
        var losses = new double[10];
        for (var step = 0; step < losses.Length; step++)
            losses[step] = network.TrainStep(steps.Given($"{step}/input").Values, steps.Indices($"{step}/target").Values, optimizer);

        Agreement.OfTensor<double>(steps.Reference("losses"), losses);
        foreach (var (parameter, values) in network.Parameters())
            Agreement.OfTraining(section.Reference($"parameters/{parameter}"), steps.Reference($"updates/{parameter}"), values);
    }

    /// <summary>Cases at chosen points hold values of very different sizes.</summary>
    private static void Compare(string name, VectorTensor<double> expected, float[] actual, double tolerance)
    {
        if (name.EndsWith("-far", StringComparison.Ordinal) || name.EndsWith("-saturated", StringComparison.Ordinal))
            Agreement.OfPoints<float>(expected, actual);
        else
            Agreement.OfTensor<float>(expected, actual, tolerance);
    }

    private static void CompareGradients(VectorSection part, Dictionary<string, float[]> gradients, double tolerance)
    {
        foreach (var (parameter, values) in gradients)
            Agreement.OfTensor<float>(part.Reference($"gradients/{parameter}"), values, tolerance);
    }

    /// <summary>Running statistics after one pass in training mode.</summary>
    private static void CompareStatistics(VectorSection part, Dictionary<string, float[]> parameters, double tolerance)
    {
        foreach (var name in part.Names.Where(name => name.StartsWith("statistics/", StringComparison.Ordinal)))
            Agreement.OfTensor<float>(part.Reference(name), parameters[name["statistics/".Length..]], tolerance);
    }

    private static void CompareInputGradients(NetworkUnderTest network, VectorSection part, int batch, float[] actual, double tolerance)
    {
        var start = 0;
        foreach (var (name, size) in Inputs(network))
        {
            Agreement.OfTensor<float>(part.Reference($"inputGradient{name}"), actual.AsSpan(start, batch * size), tolerance);
            start += batch * size;
        }
    }

    private static float[] Parts(NetworkUnderTest network, VectorSection part, string name) =>
        [.. Inputs(network).SelectMany(input => part.Given(name + input.Name).Values)];

    /// <summary>The file calls the inputs <c>input</c>, or <c>input.NAME</c> where there are several.</summary>
    private static IEnumerable<(string Name, int Size)> Inputs(NetworkUnderTest network) => network.Info.InputSizes.Select(
        (size, i) => (network.Info.InputSizes.Length == 1 ? "" : $".{network.Info.Layers[i].Name}", size));

    /// <summary>The network of a case with the case's parameters.</summary>
    private NetworkUnderTest Given(string file, string name)
    {
        var network = Create(file, name);
        var section = VectorFile.Open(file).Section(name);
        network.SetParameters(parameter => section.Given($"parameters/{parameter}").Values);
        return network;
    }
}
