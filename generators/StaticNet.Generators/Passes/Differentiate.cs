using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>Where a backward pass starts.</summary>
internal enum GradientSeed
{
    /// <summary>At the output <c>loss</c>, [batch, 1]: the gradient of the sum over the batch.</summary>
    Loss,

    /// <summary>At the output <c>output</c>, from the input <see cref="Differentiate.OutputGradientName"/> that the pass adds.</summary>
    Output,
}

/// <summary>
/// Appends the backward pass to a forward pass: reverse-mode differentiation with one rule for each primitive. Forward nodes keep their
/// positions; backward nodes follow them and carry the origin of the forward node whose rule made them.
/// </summary>
internal static class Differentiate
{
    public const string OutputGradientName = "outputGradient";

    private const string Prefix = "gradient:";

    /// <summary>Whether an output is one of those that this pass names.</summary>
    public static bool IsGradient(string output) => output.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The name of the output that holds the gradient of a parameter; of the parameter's shape.</summary>
    public static string GradientOf(string parameter) => $"{Prefix}{parameter}";

    /// <summary>The name of the output that holds the gradient of a data input; of the input's shape.</summary>
    public static string GradientOfInput(int ordinal) => $"{Prefix}input:{ordinal}";

    /// <summary>
    /// The graph with an output <c>gradient:NAME</c> for every parameter and, when asked, <c>gradient:input:ORDINAL</c> for every data
    /// input of floating point. What the seed does not depend on has a gradient of zeros.
    /// </summary>
    /// <exception cref="ArgumentException">The graph lacks the output of the seed, or its loss is not [batch, 1].</exception>
    public static Graph Run(Graph forward, GradientSeed seed, bool inputGradients = false) =>
        Run(forward, seed, inputGradients, GradientRules.Default);

    /// <summary>Runs with another table of rules: how the tests show that they catch a wrong rule.</summary>
    internal static Graph Run(Graph forward, GradientSeed seed, bool inputGradients, GradientRules rules)
    {
        var start = Start(forward, seed);
        var builder = new GradientBuilder(forward, rules);
        var wanted = forward.Nodes.Select(node => IsWanted(node, inputGradients)).ToArray();
        var needed = Needed(forward, wanted);

        builder.Contribute(start.Id, seed == GradientSeed.Loss
            ? builder.Constant(1)
            : builder.Append(new InputOperation(InputRole.OutputGradient, 0, OutputGradientName), [], start.Shape));

        foreach (var node in forward.Nodes.Reverse())
        {
            if (!needed[node.Id] || builder.Gradient(node.Id) is not { } gradient)
            {
                continue;
            }

            builder.Origin = node.Origin;
            for (var position = node.Operands.Count - 1; position >= 0; position--)
            {
                var operand = node.Operands[position].Id;
                var rule = rules.Operations[node.Operation.GetType()];
                if (needed[operand] && rule(builder, builder.Graph.Nodes[node.Id], gradient, position) is { } term)
                {
                    builder.Contribute(operand, term);
                }
            }
        }

        foreach (var node in forward.Nodes.Where(node => wanted[node.Id]))
        {
            builder.Origin = node.Origin;
            var gradient = builder.Gradient(node.Id) is { } found ? found : builder.Constant(0);
            builder.Graph.Name(NameOf(node), builder.Broadcast(gradient, node.Shape));
        }

        return builder.Graph;
    }

    private static Node Start(Graph forward, GradientSeed seed)
    {
        var name = seed == GradientSeed.Loss ? Lower.Loss : Lower.Output;
        if (!forward.Has(name))
        {
            throw new ArgumentException($"The graph has no output '{name}'.", nameof(forward));
        }

        return seed == GradientSeed.Output || forward[name].Shape == TensorShape.Batched([1])
            ? forward[name]
            : throw new ArgumentException($"The loss is not [batch, 1]: {forward[name]}", nameof(forward));
    }

    private static string NameOf(Node node) =>
        node.Operation is InputOperation input
            ? GradientOfInput(input.Ordinal)
            : GradientOf(((ParameterOperation)node.Operation).Parameter.Name);

    private static bool IsWanted(Node node, bool inputGradients) => node.Operation switch
    {
        ParameterOperation { Parameter: var parameter } => !parameter.IsState,
        InputOperation { Role: InputRole.Data } => inputGradients && node.Type == ElementType.Float32,
        _ => false,
    };

    /// <summary>The nodes through which a wanted gradient passes. Integers have none, and operations without a rule let none through.</summary>
    private static bool[] Needed(Graph forward, bool[] wanted)
    {
        var needed = new bool[forward.Nodes.Count];
        foreach (var node in forward.Nodes)
        {
            needed[node.Id] = wanted[node.Id] || (
                node.Type == ElementType.Float32
                && node.Operation is not (StopGradientOperation or StateWriteOperation)
                && node.Operands.Any(operand => needed[operand.Id]));
        }

        return needed;
    }
}
