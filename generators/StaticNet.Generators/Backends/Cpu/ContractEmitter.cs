using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes a contraction as register tiles: so many rows by two vectors of sums, one element of A broadcast to each row, no branch in the
/// inner loop. A method does one panel of up to 32 columns; the epilogue follows each tile while its sums are in the first-level cache.
/// </summary>
/// <remarks>
/// No chain of additions is longer than <see cref="LongestChain"/>; longer sums are cut into blocks that add up in memory. Fewer than
/// four rows take several chains for each sum, so that enough multiply-adds are in flight; how many depends on the number of rows alone.
/// </remarks>
internal sealed class ContractEmitter
{
    private const int LongestChain = 512;

    private readonly ContractKernel _kernel;
    private readonly MatrixContract _contract;
    private readonly Operands _operands;
    private readonly int _rowStride;
    private readonly int _depthStride;
    private readonly int? _columnStride;
    private readonly string _a;
    private readonly string _b;
    private readonly string _c;
    private readonly Placement _sums;

    public ContractEmitter(ContractKernel kernel, Operands operands)
    {
        _kernel = kernel;
        _contract = kernel.Contract;
        _operands = operands;
        var rows = operands.Plan[_contract.Rows];
        var stride = Operands.Stride(_contract.Rows, rows);
        (_rowStride, _depthStride) = _contract.RowsTransposed ? (1, stride) : (stride, 1);
        _columnStride = _contract.ReadsWeights ? null : Operands.Stride(_contract.Columns, operands.Plan[_contract.Columns]);
        _a = operands.Add("a", _contract.Rows, rows);
        _b = operands.Add("b", _contract.Columns, operands.Plan[_contract.Columns]);
        _sums = _contract.GivesWeights ? operands.Plan.Targets(_contract.Result)[0] : PlanMemory.Sums(operands.Plan, kernel)!;
        _c = operands.Add("c", _contract.Result, _sums);
        foreach (var node in kernel.Epilogue.Reads)
        {
            operands.Read(node);
        }

        foreach (var node in kernel.Writes.Where(_ => !_contract.GivesWeights))
        {
            foreach (var buffer in operands.Plan.Targets(node))
            {
                operands.Write(node, buffer);
            }
        }
    }

    /// <summary>Rows are constant: tiles of every size down to one, none twice, since a gradient may be added to what is there.</summary>
    private bool Accumulates => _contract.GivesWeights;

    private bool HasEpilogue => !Accumulates && (_kernel.Epilogue.Nodes.Count > 0 || _kernel.Writes.Contains(_contract.Result) && _operands.Plan.Targets(_contract.Result).Any(b => b != _sums));

    public string Signature => Accumulates
        ? "nint aAddress, nint bAddress, nint cAddress, bool accumulate, nuint depth, nuint firstRow, nuint rows, nuint panel"
        : $"{RowEmitter.Parameters(_operands)}, nuint firstRow, nuint rows, nuint firstPanel, nuint panels";

    /// <summary>Writes the methods of one width: the kernel and its panels.</summary>
    public void Write(SourceWriter writer, VectorDialect dialect, string name)
    {
        var panels = Padding.Panels(_contract.N);
        var last = _contract.N - ((panels - 1) * Padding.PanelWidth);
        var special = last != Padding.PanelWidth;
        using (writer.Braces($"internal static void {name}({Signature})"))
        {
            if (Accumulates)
            {
                WriteCall("panel");
            }
            else
            {
                using (writer.Braces("for (var panel = firstPanel; panel < firstPanel + panels; panel++)"))
                {
                    WriteCall("panel");
                }
            }
        }

        if (panels > 1 || !special)
        {
            writer.Line();
            WritePanel(writer, dialect, $"{name}Panel", Padding.PanelWidth);
        }

        if (special)
        {
            writer.Line();
            WritePanel(writer, dialect, $"{name}LastPanel", last);
        }

        void WriteCall(string panel)
        {
            if (panels > 1 && special)
            {
                using (writer.Braces($"if ({panel} < {panels - 1})"))
                {
                    writer.Line(Call($"{name}Panel", panel));
                }

                using (writer.Braces("else"))
                {
                    writer.Line(Call($"{name}LastPanel", panel));
                }
            }
            else
            {
                writer.Line(Call(special ? $"{name}LastPanel" : $"{name}Panel", panel));
            }
        }
    }

    private string Call(string method, string panel)
    {
        List<string> arguments = [At("a", Scaled("firstRow", _rowStride))];
        arguments.Add(_contract.ReadsWeights ? At("b", Scaled(panel, 32 * _contract.K!.Value)) : At("b", Scaled(panel, 32)));
        if (Accumulates)
        {
            // The gradient's address is that of the first row of this very panel.
            arguments.Add(At("c", "0"));
            arguments.AddRange(["accumulate", "depth", "rows"]);
        }
        else
        {
            foreach (var (name, node, buffer) in _operands.Items.Skip(2))
            {
                var row = node.Shape.HasBatch ? Scaled("firstRow", Operands.Stride(node, buffer)) : "0";
                arguments.Add(At(name, node.Shape.Last.Size == 1 ? row : $"{row} + {Scaled(panel, 32)}"));
            }

            arguments.Add("rows");
        }

        return $"{method}({string.Join(", ", arguments)});";

        static string At(string name, string offset)
        {
            offset = offset.StartsWith("0 + ", StringComparison.Ordinal) ? offset.Substring(4) : offset;
            var reference = $"ref Address.ToRef({name}Address)";
            return offset == "0" ? reference : $"ref Unsafe.Add({reference}, {offset})";
        }
    }

    private static string Scaled(string count, int factor) => factor switch { 0 => "0", 1 => count, _ => $"({count} * {factor})" };

    private void WritePanel(SourceWriter writer, VectorDialect dialect, string name, int columns)
    {
        var width = Padding.To16(columns);
        var parameters = Accumulates
            ? "ref float a, ref float b, ref float c, bool accumulate, nuint depth, nuint rows"
            : $"{string.Join(", ", _operands.Items.Select(i => $"ref float {i.Name}"))}, nuint rows";
        using (writer.Braces($"private static void {name}({parameters})"))
        {
            using (writer.Braces("for (nuint row = 0; row < rows;)"))
            {
                writer.Line("var left = rows - row;");
                if (!Accumulates)
                {
                    writer.Line("if (left < 4 && rows >= 4)").Line("{").Line("    // The last rows again, as part of a whole tile: they come out the same.")
                        .Line("    left = 4;").Line("    row = rows - 4;").Line("}").Line();
                }

                writer.Line("nuint tile;");
                var sizes = Accumulates ? [.. dialect.TileRows, 2, 1] : dialect.TileRows.Concat([3, 2, 1]).ToArray();
                for (var i = 0; i < sizes.Length; i++)
                {
                    var condition = i == sizes.Length - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if (left >= {sizes[i]})";
                    using (writer.Braces(condition))
                    {
                        WriteTile(writer, dialect, sizes[i], width, Accumulates ? 1 : sizes[i] switch { 1 => 4, 2 => 2, _ => 1 });
                        writer.Line($"tile = {sizes[i]};");
                    }
                }

                if (HasEpilogue)
                {
                    writer.Line();
                    WriteEpilogue(writer, dialect, columns);
                }

                writer.Line().Line("row += tile;");
            }
        }
    }

    /// <summary>The sums of so many rows and all columns of the panel.</summary>
    private void WriteTile(SourceWriter writer, VectorDialect dialect, int rows, int width, int chains)
    {
        var vectors = Math.Min(2, width / dialect.Lanes);
        var step = vectors * dialect.Lanes;
        var sumStride = Accumulates ? width : Operands.Stride(_contract.Result, _sums);
        if (width > step)
        {
            using (writer.Braces($"for (nuint column = 0; column < {width}; column += {step})"))
            {
                WriteTileBody(writer, dialect, rows, width, vectors, chains, sumStride, "column");
            }
        }
        else
        {
            WriteTileBody(writer, dialect, rows, width, vectors, chains, sumStride, "0");
        }
    }

    private void WriteTileBody(SourceWriter writer, VectorDialect dialect, int rows, int width, int vectors, int chains, int sumStride, string column)
    {
        var depth = _contract.K;
        var blocks = depth is { } k ? (k + (LongestChain * chains) - 1) / (LongestChain * chains) : 2;
        var columnStride = _columnStride ?? width;
        writer.Line($"ref var sums = ref Unsafe.Add(ref c, (row * {sumStride}){(column == "0" ? "" : " + column")});");
        writer.Line(column == "0" ? "ref var bk = ref b;" : "ref var bk = ref Unsafe.Add(ref b, column);");
        writer.Line($"ref var ak = ref Unsafe.Add(ref a, {(_rowStride == 1 ? "row" : $"row * {_rowStride}")});");
        if (blocks == 1)
        {
            WriteChains(depth!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), depth.Value, false);
            return;
        }

        var total = depth is { } constant ? $"{constant}" : "depth";
        var size = depth is { } terms ? RoundUp((terms + blocks - 1) / blocks, chains) : LongestChain;
        using (writer.Braces($"for (nuint first = 0; first < {total}; first += {size})"))
        {
            var even = depth is { } all && all % size == 0;
            if (!even)
            {
                writer.Line($"var count = Math.Min({size}, {total} - first);");
            }

            WriteChains(even ? $"{size}" : "count", even ? size : null, true);
        }

        void WriteChains(string count, int? constant, bool blocked)
        {
            for (var row = 0; row < rows; row++)
            {
                writer.Line($"{dialect.Type} {string.Join(", ", from chain in Enumerable.Range(0, chains) from v in Enumerable.Range(0, vectors) select $"{Sum(row, v, chain)} = {dialect.Zero}")};");
            }

            var leftover = chains > 1 && (constant is not { } n || n % chains != 0);
            var loop = chains == 1
                ? $"for (nuint k = 0; k < {count}; k++)"
                : $"for (nuint k = 0; k + {chains} <= {count}; k += {chains})";
            using (writer.Braces(loop))
            {
                for (var chain = 0; chain < chains; chain++)
                {
                    WriteStep(chain, chain);
                }

                Advance(chains);
            }

            if (leftover)
            {
                using (writer.Braces(constant is { } c ? $"for (nuint k = {c / chains * chains}; k < {c}; k++)" : $"for (var k = {count} / {chains} * {chains}; k < {count}; k++)"))
                {
                    WriteStep(0, 0);
                    Advance(1);
                }
            }

            if (chains > 1)
            {
                for (var row = 0; row < rows; row++)
                {
                    for (var v = 0; v < vectors; v++)
                    {
                        writer.Line(chains == 2
                            ? $"{Sum(row, v, 0)} += {Sum(row, v, 1)};"
                            : $"{Sum(row, v, 0)} = ({Sum(row, v, 0)} + {Sum(row, v, 1)}) + ({Sum(row, v, 2)} + {Sum(row, v, 3)});");
                    }
                }
            }

            if (blocked || Accumulates)
            {
                var condition = (blocked, Accumulates) switch { (true, true) => "accumulate || first != 0", (true, false) => "first != 0", _ => "accumulate" };
                using (writer.Braces($"if ({condition})"))
                {
                    ForEachSum((sum, place) => $"{sum} += {dialect.Class}.LoadUnsafe({place});");
                }
            }

            ForEachSum((sum, place) => $"{sum}.StoreUnsafe({place});");
        }

        void WriteStep(int step, int chain)
        {
            for (var v = 0; v < vectors; v++)
            {
                writer.Line($"var b{v}{Suffix(chain)} = {dialect.Load("bk", $"{(step * columnStride) + (v * dialect.Lanes)}")};");
            }

            for (var row = 0; row < rows; row++)
            {
                var scalar = $"Unsafe.Add(ref ak, {(row * _rowStride) + (step * _depthStride)})";
                writer.Line($"var a{row}{Suffix(chain)} = {dialect.Broadcast(scalar)};");
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"{Sum(row, v, chain)} = {dialect.MultiplyAdd($"a{row}{Suffix(chain)}", $"b{v}{Suffix(chain)}", Sum(row, v, chain))};");
                }
            }
        }

        void Advance(int steps)
        {
            writer.Line($"ak = ref Unsafe.Add(ref ak, {steps * _depthStride});");
            writer.Line($"bk = ref Unsafe.Add(ref bk, {steps * columnStride});");
        }

        void ForEachSum(Func<string, string, string> statement)
        {
            for (var row = 0; row < rows; row++)
            {
                writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                    statement(Sum(row, v, 0), $"ref sums, {(row * sumStride) + (v * dialect.Lanes)}"))));
            }
        }

        string Sum(int row, int vector, int chain) => $"c{row}{"xyzw"[vector]}{Suffix(chain)}";

        static string Suffix(int chain) => chain == 0 ? "" : $"_{chain}";
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>What is done with the sums of a tile: a loop over its rows.</summary>
    private void WriteEpilogue(SourceWriter writer, VectorDialect dialect, int columns)
    {
        var values = new RowValues(writer, dialect, _kernel.Epilogue, _operands);
        using (writer.Braces("for (var r = row; r < row + tile; r++)"))
        {
            RowEmitter.RowOffsets(writer, _operands.Items.Skip(2), "r");

            values.BeginRow();
            for (var first = 0; first < columns; first += 16)
            {
                var block = new RowValues.Block($"{first}", Math.Min(16, columns - first));
                block.Values[_contract.Result] = [.. Enumerable.Range(0, dialect.Parts).Select(part =>
                    values.Emitter.Declare(dialect.Load(_c, $"cRow{(first + (part * dialect.Lanes) is var at and > 0 ? $" + {at}" : "")}")))];
                foreach (var node in _kernel.Writes)
                {
                    foreach (var target in _operands.Plan.Targets(node))
                    {
                        values.Store(node, block, target, _operands.Write(node, target));
                    }
                }
            }
        }
    }
}
