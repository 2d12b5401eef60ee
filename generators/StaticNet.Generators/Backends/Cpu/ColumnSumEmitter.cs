using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes sums over rows, 16 columns at a time: four chains take every fourth row each, so that additions overlap, and meet in a fixed
/// order. Chains are no longer than 512 terms; longer sums are cut into segments. Vectors narrower than 16 lanes take their columns one
/// vector after the other, so that the chains of several sums fit into registers.
/// </summary>
internal sealed class ColumnSumEmitter
{
    private const int Chains = 4;

    private readonly ColumnSumKernel _kernel;
    private readonly Operands _operands;
    private readonly string[] _names;

    public ColumnSumEmitter(ColumnSumKernel kernel, Operands operands)
    {
        (_kernel, _operands) = (kernel, operands);
        foreach (var node in kernel.Reads)
        {
            operands.Read(node);
        }

        var places = kernel.IsOfEachSample ? kernel.Sums.Sum(sum => operands.Plan.Targets(sum).Count) : kernel.Sums.Count;
        _names = [.. Enumerable.Range(1, places).Select(i => places == 1 ? "sums" : $"sums{i}")];
    }

    /// <summary>
    /// The parameters: what is read; a place for each sum, of the first of the blocks of 16 columns or of the first sample's first; rows or
    /// samples; blocks.
    /// </summary>
    public string Signature =>
        $"{RowEmitter.Parameters(_operands)}, {string.Join(", ", _names.Select(name => $"nint {name}Address"))}, "
        + (_kernel.IsOfEachSample ? "nuint firstSample, nuint samples" : "bool accumulate, nuint firstRow, nuint rows")
        + $", nuint firstBlock, nuint blocks{RowEmitter.StrideParameters(_operands.Items)}";

    /// <summary>What is passed for the parameters behind the number of blocks.</summary>
    public string Sizes => RowEmitter.Strides(_operands.Items);

    /// <summary>Where the sums go that a sample has of its own, and the names of their places.</summary>
    public IEnumerable<(Node Sum, Placement Place, string Name)> OfEachSample =>
        _kernel.Sums.SelectMany(sum => _operands.Plan.Targets(sum).Select(place => (sum, place))).Select((s, i) => (s.sum, s.place, _names[i]));

    /// <summary>Writes the method of one width.</summary>
    public void Write(SourceWriter writer, VectorDialect dialect, string name)
    {
        var columns = _kernel.Program.Columns;
        // Maps may make something of the zeros at the end of a row.
        var isWhole = columns % 16 == 0 || (!_kernel.IsOfEachSample && _kernel.Program.Nodes.Count == 0 && _kernel.Reads.All(node => _operands.Plan[node].IsPaddedFor(node)));
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"internal static void {name}({Signature})"))
        {
            RowEmitter.References(writer, _operands);
            foreach (var sums in _names)
            {
                writer.Line($"ref var {sums} = ref Address.ToRef({sums}Address);");
            }

            if (!_kernel.IsOfEachSample)
            {
                writer.Line("var endRow = firstRow + rows;");
                WriteBlocks(writer, dialect, isWhole);
                return;
            }

            using (writer.Braces("for (var sample = firstSample; sample < firstSample + samples; sample++)"))
            {
                writer.Line($"var firstRow = sample * {_kernel.RowsPerSample};");
                writer.Line($"var endRow = firstRow + {_kernel.RowsPerSample};");
                WriteBlocks(writer, dialect, isWhole);
            }
        }
    }

    private void WriteBlocks(SourceWriter writer, VectorDialect dialect, bool isWhole)
    {
        var (full, rest) = (_kernel.Program.Columns / 16, _kernel.Program.Columns % 16);
        using (writer.Braces("for (var block = firstBlock; block < firstBlock + blocks; block++)"))
        {
            if (isWhole || full == 0)
            {
                WriteBlock(writer, dialect, isWhole ? 16 : rest);
                return;
            }

            using (writer.Braces($"if (block < {full})"))
            {
                WriteBlock(writer, dialect, 16);
            }

            using (writer.Braces("else"))
            {
                WriteBlock(writer, dialect, rest);
            }
        }
    }

    private void WriteBlock(SourceWriter writer, VectorDialect dialect, int valid)
    {
        var values = new RowValues(writer, dialect, _kernel.Program, _operands, parts: 1);
        if (valid == 16 && dialect.Parts > 1)
        {
            using (writer.Braces($"for (var column = block * 16; column < (block * 16) + 16; column += {dialect.Lanes})"))
            {
                WriteVector(writer, dialect, values, dialect.Lanes);
            }

            return;
        }

        for (var first = 0; first < 16; first += dialect.Lanes)
        {
            using (writer.Braces(""))
            {
                writer.Line($"var column = {(first == 0 ? "block * 16" : $"(block * 16) + {first}")};");
                WriteVector(writer, dialect, values, Math.Min(dialect.Lanes, valid - first));
            }
        }
    }

    /// <summary>Sums one vector of columns, of which some exist.</summary>
    private void WriteVector(SourceWriter writer, VectorDialect dialect, RowValues values, int valid)
    {
        var totals = _kernel.Sums.Select((_, i) => $"total{i}").ToArray();
        foreach (var total in totals)
        {
            writer.Line($"var {total} = {dialect.Zero};");
        }

        if (valid > 0)
        {
            var shared = new RowValues.Block("column", valid);
            values.BeginRow();
            foreach (var node in _kernel.Reads.Where(node => !node.Shape.HasBatch && !RowValues.IsScalar(node)))
            {
                values.Vectors(node, shared);
            }

            RowEmitter.FirstRows(writer, _operands.Items, "firstRow", _kernel.Sums[0].Operands[0].Shape);
            using (writer.Braces("for (var segment = firstRow; segment < endRow; segment += 2048)"))
            {
                writer.Line("var end = Math.Min(segment + 2048, endRow);");
                writer.Line("var row = segment;");
                foreach (var sum in totals.Select((_, i) => i))
                {
                    writer.Line($"{dialect.Type} {string.Join(", ", Enumerable.Range(0, Chains).Select(chain => $"{Chain(sum, chain)} = {dialect.Zero}"))};");
                }

                using (writer.Braces($"for (; row + {Chains} <= end; row += {Chains})"))
                {
                    for (var chain = 0; chain < Chains; chain++)
                    {
                        AddRow(chain == 0 ? "row" : $"(row + {chain})", chain);
                    }
                }

                using (writer.Braces("for (; row < end; row++)"))
                {
                    AddRow("row", 0);
                }

                for (var sum = 0; sum < totals.Length; sum++)
                {
                    writer.Line($"{totals[sum]} += ({Chain(sum, 0)} + {Chain(sum, 1)}) + ({Chain(sum, 2)} + {Chain(sum, 3)});");
                }
            }

            void AddRow(string row, int chain)
            {
                using (writer.Braces(""))
                {
                    RowEmitter.RepeatedRows(writer, _operands.Items, row, _kernel.Sums[0].Operands[0].Shape);
                    values.BeginRow();
                    var block = shared.Copy();
                    for (var sum = 0; sum < totals.Length; sum++)
                    {
                        writer.Line($"{Chain(sum, chain)} += {values.Vectors(_kernel.Sums[sum].Operands[0], block)[0]};");
                    }

                    RowEmitter.NextRows(writer, _operands.Items, _kernel.Sums[0].Operands[0].Shape);
                }
            }
        }

        if (_kernel.IsOfEachSample)
        {
            foreach (var (sum, place, name) in OfEachSample)
            {
                var at = $"(sample * {place.StrideOf(sum)}) + column";
                RowValues.StorePart(writer, dialect, totals[_kernel.Sums.IndexOf(sum)], name, at, valid, place.IsPaddedFor(sum));
            }

            return;
        }

        for (var sum = 0; sum < totals.Length; sum++)
        {
            const string place = "column - (firstBlock * 16)";
            using (writer.Braces("if (accumulate)"))
            {
                writer.Line($"{totals[sum]} += {dialect.Load(_names[sum], place)};");
            }

            var stored = valid <= 0 || valid == dialect.Lanes ? totals[sum] : $"VectorParts.KeepFirst({totals[sum]}, {valid})";
            writer.Line($"{stored}.StoreUnsafe(ref {_names[sum]}, {place});");
        }
    }

    private static string Chain(int sum, int chain) => sum == 0 ? $"s{chain}" : $"s{chain}_{sum + 1}";
}
