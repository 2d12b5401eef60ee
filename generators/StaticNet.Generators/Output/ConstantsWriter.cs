using System.Globalization;
using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.Frozen;

namespace StaticNet.Generators.Output;

/// <summary>Writes the class with the values that a frozen network has in its code.</summary>
internal sealed class ConstantsWriter(ConstantPool constants)
{
    private const int ValuesOfLine = 16;

    public void Write(SourceWriter writer)
    {
        using (writer.Braces($"internal static class {constants.ClassName}"))
        {
            using (writer.Braces("public static ReadOnlySpan<float> Values => new float[]", "};"))
            {
                foreach (var (name, values) in constants.Tensors)
                {
                    writer.Line($"// {name}");
                    WriteItems(writer, values, value => value == 0 ? "0" : ExpressionEmitter.Literal(value));
                }
            }

            foreach (var matrix in constants.Matrices)
            {
                writer.Line().Line($"// {matrix.NonZeros} weights that are not zero: {matrix.Slots} slots a step, {matrix.Blocks.Length} steps.");
                using (writer.Braces($"public static class {matrix.Name.Substring(matrix.Name.LastIndexOf('.') + 1)}"))
                {
                    WriteIntegers(writer, "Where the steps of each 16 outputs begin.", "FirstSteps", matrix.FirstSteps);
                    writer.Line();
                    WriteIntegers(writer, "The first of the 16 inputs of each step.", "Blocks", matrix.Blocks);
                    writer.Line();
                    WriteIntegers(writer, "For each step and output which input goes with the weight of each slot, 4 bits each.", "Places", [.. matrix.Places.Select(place => unchecked((int)place))]);
                }
            }
        }
    }

    private static void WriteIntegers(SourceWriter writer, string comment, string name, int[] items)
    {
        writer.Line($"// {comment}");
        using (writer.Braces($"public static ReadOnlySpan<int> {name} => new int[]", "};"))
        {
            WriteItems(writer, items, item => item.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteItems<T>(SourceWriter writer, T[] items, Func<T, string> text)
    {
        for (var i = 0; i < items.Length; i += ValuesOfLine)
        {
            writer.Line(string.Concat(items.Skip(i).Take(ValuesOfLine).Select(item => $"{text(item)}, ")).TrimEnd());
        }
    }
}
