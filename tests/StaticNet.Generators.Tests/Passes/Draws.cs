using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Elements for the inputs and parameters of a graph, drawn from a seed.</summary>
internal static class Draws
{
    /// <summary>The number of classes that targets are drawn from.</summary>
    public const int Classes = 4;

    public static Dictionary<string, double[]> For(Graph graph, int batch, int seed)
    {
        var random = new Random(seed);
        var elements = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            var size = node.Shape.ConstantSize * (node.Shape.HasBatch ? batch : 1);
            switch (node.Operation)
            {
                case ParameterOperation parameter:
                    elements[parameter.Parameter.Name] = Many(size, () => Normal(random));
                    break;
                case InputOperation { Role: InputRole.SampleWeight } weight:
                    elements[weight.Name] = Many(size, () => 0.2 + random.NextDouble());
                    break;
                case InputOperation input:
                    elements[input.Name] = Many(size, () => node.Type == ElementType.Int32 ? random.Next(Classes) : Normal(random));
                    break;
            }
        }

        return elements;
    }

    /// <summary>Uniform numbers that depend on nothing but their place, as the run time's do.</summary>
    public static double Uniform(int stream, int row, int column) => new Random((((stream * 7919) + row) * 7919) + column).NextDouble();

    private static double[] Many(int size, Func<double> draw) => [.. Enumerable.Range(0, size).Select(_ => draw())];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
