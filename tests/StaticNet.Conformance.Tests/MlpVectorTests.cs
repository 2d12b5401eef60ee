namespace StaticNet.Conformance.Tests;

/// <summary>The stored, the drawn and the factored tensors of a network fit together: plain formulas give PyTorch's numbers.</summary>
public class MlpVectorTests
{
    private const double DoublePrecision = 1e-12;

    [Theory]
    [InlineData("784-128-10", 1)]
    [InlineData("784-128-10", 3)]
    [InlineData("784-500-10", 3)]
    public void Formulas_give_the_references_of_one_batch(string name, int size)
    {
        var file = VectorFile.Open("mlp").Section(name);
        var batch = file.Batch(size);
        var mlp = new PlainMlp(file.Section("parameters"));

        mlp.Evaluate(batch.Reference("input").Values, batch.Indices("target").Values);

        Agreement.OfTensor<double>(batch.Reference("output"), mlp.Logits, DoublePrecision);
        Agreement.OfTensor<double>(batch.Reference("loss"), [mlp.Loss], DoublePrecision);
        Agreement.OfTensor<double>(batch.Reference("inputGradient"), mlp.InputGradient, DoublePrecision);
        foreach (var parameter in PlainMlp.Names)
            Agreement.OfTensor<double>(batch.Reference($"gradients/{parameter}"), mlp.Gradients[parameter], DoublePrecision);
    }

    [Fact]
    public void Formulas_give_the_references_of_ten_steps()
    {
        var file = VectorFile.Open("mlp").Section("784-128-10");
        var steps = file.Section("steps");
        var mlp = new PlainMlp(file.Section("parameters"));
        var velocity = PlainMlp.Names.ToDictionary(name => name, name => new double[mlp.Parameters[name].Length]);
        var losses = new double[10];
        for (var step = 0; step < losses.Length; step++)
        {
            mlp.Evaluate(steps.Reference($"{step}/input").Values, steps.Indices($"{step}/target").Values);
            losses[step] = mlp.Loss;
            foreach (var name in PlainMlp.Names)
            {
                for (var index = 0; index < velocity[name].Length; index++)
                {
                    velocity[name][index] = 0.9 * velocity[name][index] + mlp.Gradients[name][index];
                    mlp.Parameters[name][index] -= 0.01 * velocity[name][index];
                }
            }
        }

        Agreement.OfTensor<double>(steps.Reference("losses"), losses, DoublePrecision);
        foreach (var name in PlainMlp.Names)
        {
            var initial = file.Reference($"parameters/{name}");
            var update = mlp.Parameters[name].Zip(initial.Values, (last, first) => last - first).ToArray();
            Agreement.OfTensor<double>(steps.Reference($"updates/{name}"), update, tolerance: 1e-7);
            Agreement.OfTraining(initial, steps.Reference($"updates/{name}"), Array.ConvertAll(mlp.Parameters[name], last => (float)last));
        }
    }
}
