using System.Globalization;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Output;

/// <summary>Writes the description of a network as an ONNX graph, a line for each node: what <c>SaveOnnx</c> builds its file from.</summary>
internal sealed class OnnxWriter(OnnxExport export)
{
    public void Write(SourceWriter writer, string className, string network)
    {
        writer.Line($"// {network} as an ONNX graph. A node gives a value of its own name; \".weight\" is the parameter of that name.");
        using (writer.Braces($"internal static class {className}"))
        using (writer.Braces("public static void Describe(OnnxGraph graph, OnnxOutput output)"))
        {
            foreach (var input in export.Inputs)
            {
                writer.Line($"graph.Input({Arguments([Text(input.Name), .. input.Shape.Select(Number)])});");
            }

            WriteStatements(writer, export.Layers);
            if (export.Predict.Output == export.Forward.Output)
            {
                WriteEnd(writer, export.Forward);
                return;
            }

            using (writer.Braces("if (output == OnnxOutput.Predict)"))
            {
                WriteEnd(writer, export.Predict);
            }

            using (writer.Braces("else"))
            {
                WriteEnd(writer, export.Forward);
            }
        }
    }

    private void WriteEnd(SourceWriter writer, OnnxEnd end)
    {
        WriteStatements(writer, end.Statements);
        writer.Line($"graph.Output({Arguments([Text(end.Output), .. export.Output.Select(Number)])});");
    }

    private static void WriteStatements(SourceWriter writer, IEnumerable<OnnxStatement> statements)
    {
        foreach (var statement in statements)
        {
            writer.Line($"graph.{Call(statement)};");
        }
    }

    private static string Call(OnnxStatement statement)
    {
        var name = Text(statement.Name);
        return statement switch
        {
            OnnxFill fill => $"Fill({Arguments([name, Number(fill.Value), .. fill.Shape.Select(Number)])})",
            OnnxReals reals => $"Reals({Arguments([name, .. reals.Values.Select(Number)])})",
            OnnxIntegers integers => $"Integers({Arguments([name, .. integers.Values.Select(Number)])})",
            OnnxNode node =>
                $"Node({Arguments([Text(node.Operation), name, .. node.Inputs.Select(input => Text(Short(input, node.Name)))])})"
                + string.Concat(node.Attributes.Select(attribute => $".With({Text(attribute.Name)}, {Value(attribute.Value)})")),
            _ => throw new ArgumentException($"{statement} has no form in C#.", nameof(statement)),
        };
    }

    private static string Short(string input, string node) =>
        input.StartsWith($"{node}.", StringComparison.Ordinal) ? input.Substring(node.Length) : input;

    private static string Value(object value) => value switch
    {
        string text => Text(text),
        int number => Number(number),
        double number => Number(number),
        _ => $"[{Arguments([.. ((EquatableArray<int>)value).Select(Number)])}]",
    };

    private static string Arguments(params string[] arguments) => string.Join(", ", arguments);

    private static string Text(string text) => TypeNames.Literal(text);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>As a float, in as many digits as tell it from all others. Not every .NET shows the sign of zero.</summary>
    private static string Number(double value) => value == 0
        ? double.IsNegativeInfinity(1 / value) ? "-0f" : "0f"
        : $"{((float)value).ToString("G9", CultureInfo.InvariantCulture)}f";
}
