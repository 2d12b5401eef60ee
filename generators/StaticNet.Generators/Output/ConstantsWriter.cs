using System.Globalization;
using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.Frozen;

namespace StaticNet.Generators.Output;

/// <summary>Writes the class with the values that a frozen network has in its code.</summary>
internal sealed class ConstantsWriter(string className, ConstantPool constants)
{
    private const int ItemsOfLine = 16;

    public void Write(SourceWriter writer)
    {
        using (writer.Braces($"internal static class {className}"))
        {
            using (writer.Braces("public static ReadOnlySpan<float> Values => new float[]", "};"))
            {
                foreach (var (name, values) in constants.Tensors)
                {
                    writer.Line($"// {name}");
                    WriteItems(writer, values, value => value == 0 ? "0" : ExpressionEmitter.Literal(value));
                }
            }

            writer.Line();
            writer.Line("// Matrices of mostly zeros, in an order for each width of vectors: the bits of weights, then which input goes with each, where the");
            writer.Line("// steps of each group of outputs begin, and the first input of each step.");
            writer.Line("public static ReadOnlySpan<int> Matrices => Vector512.IsHardwareAccelerated ? Matrices512 : Vector256.IsHardwareAccelerated ? Matrices256 : Matrices128;");
            foreach (var dialect in VectorDialect.All)
            {
                writer.Line();
                using (writer.Braces($"private static ReadOnlySpan<int> Matrices{dialect.Bits} => new int[]", "};"))
                {
                    WriteMatrices(writer, dialect);
                }
            }
        }
    }

    private void WriteMatrices(SourceWriter writer, VectorDialect dialect)
    {
        var end = 0;
        foreach (var (name, matrix) in constants.Matrices(dialect))
        {
            WriteItems(writer, new int[matrix.Offset - end]);
            writer.Line($"// {name}: {matrix.NonZeros} weights that are not zero, {matrix.Blocks.Length} steps of {matrix.Slots} for each of {matrix.Lanes} outputs");
            WriteItems(writer, Array.ConvertAll(matrix.Weights, weight => BitConverter.ToInt32(BitConverter.GetBytes(weight), 0)));
            writer.Line("// inputs");
            WriteItems(writer, matrix.Places);
            writer.Line("// first steps");
            WriteItems(writer, matrix.FirstSteps);
            writer.Line("// first inputs");
            WriteItems(writer, matrix.Blocks);
            end = matrix.EndOffset;
        }
    }

    private static void WriteItems(SourceWriter writer, int[] items) => WriteItems(writer, items, item => item.ToString(CultureInfo.InvariantCulture));

    private static void WriteItems<T>(SourceWriter writer, T[] items, Func<T, string> text)
    {
        for (var i = 0; i < items.Length; i += ItemsOfLine)
        {
            writer.Line(string.Concat(items.Skip(i).Take(ItemsOfLine).Select(item => $"{text(item)}, ")).TrimEnd());
        }
    }
}
