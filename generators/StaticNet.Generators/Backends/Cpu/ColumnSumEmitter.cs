using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes the sum over all rows of a matrix, 16 columns at a time: four chains take every fourth row each, so that additions overlap, and
/// meet in a fixed order. Chains are no longer than 512 terms; longer sums are cut into segments.
/// </summary>
internal sealed class ColumnSumEmitter
{
    private readonly Node _operand;
    private readonly Placement _rows;

    public ColumnSumEmitter(NodeKernel kernel, Operands operands)
    {
        _operand = kernel.Node.Operands[0];
        _rows = operands.Plan[_operand];
        operands.Add("values", _operand, _rows);
        operands.Add("sums", kernel.Node, operands.Plan.Targets(kernel.Node)[0]);
    }

    public const string Signature = "nint valuesAddress, nint sumsAddress, bool accumulate, nuint rows, nuint firstBlock, nuint blocks";

    /// <summary>Writes the method of one width: sums of blocks of 16 columns; <c>sums</c> is the place of the first of them.</summary>
    public void Write(SourceWriter writer, VectorDialect dialect, string name)
    {
        var columns = _operand.Shape.Last.Size;
        var full = columns / 16;
        var padded = Operands.IsPadded(_operand, _rows);
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"internal static void {name}({Signature})"))
        {
            writer.Line("ref var values = ref Address.ToRef(valuesAddress);");
            writer.Line("ref var sums = ref Address.ToRef(sumsAddress);");
            using (writer.Braces("for (var block = firstBlock; block < firstBlock + blocks; block++)"))
            {
                if (padded || columns % 16 == 0)
                {
                    WriteBlock(writer, dialect, 16);
                }
                else if (full == 0)
                {
                    WriteBlock(writer, dialect, columns);
                }
                else
                {
                    using (writer.Braces($"if (block < {full})"))
                    {
                        WriteBlock(writer, dialect, 16);
                    }

                    using (writer.Braces("else"))
                    {
                        WriteBlock(writer, dialect, columns % 16);
                    }
                }
            }
        }
    }

    private void WriteBlock(SourceWriter writer, VectorDialect dialect, int valid)
    {
        var stride = Operands.Stride(_operand, _rows);
        for (var part = 0; part < dialect.Parts; part++)
        {
            var first = part * dialect.Lanes;
            var here = Math.Min(dialect.Lanes, valid - first);
            var sum = $"sum{part}";
            writer.Line($"var {sum} = {dialect.Zero};");
            if (here > 0)
            {
                using (writer.Braces("for (nuint segment = 0; segment < rows; segment += 2048)"))
                {
                    writer.Line("var end = Math.Min(segment + 2048, rows);");
                    writer.Line("var row = segment;");
                    writer.Line($"{dialect.Type} s0 = {dialect.Zero}, s1 = {dialect.Zero}, s2 = {dialect.Zero}, s3 = {dialect.Zero};");
                    using (writer.Braces("for (; row + 4 <= end; row += 4)"))
                    {
                        for (var chain = 0; chain < 4; chain++)
                        {
                            writer.Line($"s{chain} += {Load(chain)};");
                        }
                    }

                    using (writer.Braces("for (; row < end; row++)"))
                    {
                        writer.Line($"s0 += {Load(0)};");
                    }

                    writer.Line($"{sum} += (s0 + s1) + (s2 + s3);");
                }
            }

            var place = first == 0 ? "(block - firstBlock) * 16" : $"((block - firstBlock) * 16) + {first}";
            using (writer.Braces("if (accumulate)"))
            {
                writer.Line($"{sum} += {dialect.Load("sums", place)};");
            }

            writer.Line($"{sum}.StoreUnsafe(ref sums, {place});");

            string Load(int chain)
            {
                var offset = $"({(chain == 0 ? "row" : $"(row + {chain})")} * {stride}) + (block * 16){(first == 0 ? "" : $" + {first}")}";
                return here == dialect.Lanes
                    ? dialect.Load("values", offset)
                    : $"VectorParts.LoadFirst{dialect.Bits}(ref Unsafe.Add(ref values, {offset}), {here})";
            }
        }
    }
}
