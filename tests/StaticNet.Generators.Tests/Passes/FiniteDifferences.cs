using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Compares gradients with central differences of the interpreter in double precision.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    /// <summary>What differs first, or null when all gradients agree.</summary>
    public static string? Disagreement(Graph forward, GradientSeed seed, GradientRules rules, int batch = 3, int draw = 1)
    {
        var graph = Differentiate.Run(forward, seed, inputGradients: true, rules);
        IrVerifier.Verify(graph);
        var elements = Draws.For(graph, batch, draw);
        var gradients = IrInterpreter.Run(graph, batch, elements, Draws.Uniform);
        var (compared, kinks) = (0, 0);
        foreach (var source in forward.Nodes)
        {
            if (NamesOf(source.Operation) is not var (name, gradientName))
            {
                continue;
            }

            var (values, actual) = (elements[name], gradients[gradientName]);
            for (var i = 0; i < values.Length; i++)
            {
                var (center, kept) = (Objective(), values[i]);
                values[i] = kept + Step;
                var after = (Objective() - center) / Step;
                values[i] = kept - Step;
                var before = (center - Objective()) / Step;
                values[i] = kept;

                // The two sides differ by Step · f″ unless a kink lies between them.
                var scale = Math.Max(1, Math.Abs(before) + Math.Abs(after));
                if (Math.Abs(after - before) > 1e-2 * scale)
                {
                    kinks++;
                    continue;
                }

                compared++;
                if (!(Math.Abs(actual[i] - ((before + after) / 2)) <= Tolerance * scale))
                {
                    return $"{gradientName}[{i}] is {actual[i]:R}, the difference quotient {(before + after) / 2:R}";
                }
            }
        }

        return compared > 0 && kinks <= compared / 10 ? null : $"{kinks} kinks beside {compared} comparisons";

        double Objective()
        {
            var run = IrInterpreter.Run(forward, batch, elements, Draws.Uniform);
            return seed == GradientSeed.Loss
                ? run["loss"].Sum()
                : run["output"].Zip(elements[Differentiate.OutputGradientName], (y, g) => y * g).Sum();
        }
    }

    private static (string Name, string Gradient)? NamesOf(Operation operation) => operation switch
    {
        ParameterOperation { Parameter.IsState: false } parameter => (parameter.Parameter.Name, Differentiate.GradientOf(parameter.Parameter.Name)),
        InputOperation { Role: InputRole.Data } input => (input.Name, Differentiate.GradientOfInput(input.Ordinal)),
        _ => null,
    };
}
