using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes maps and reductions over rows. Each level of reductions is one pass over the row; a short row stays in registers from one
/// pass to the next.
/// </summary>
internal sealed class RowEmitter(RowKernel kernel, Operands operands)
{
    /// <summary>Blocks of 16 columns up to which a row is kept in registers.</summary>
    private const int BlocksInRegisters = 4;

    private readonly RowProgram _program = kernel.Program;

    /// <summary>Names everything the kernel touches, in the order of its parameters.</summary>
    public void Bind()
    {
        foreach (var node in _program.Reads)
        {
            operands.Read(node);
        }

        foreach (var node in kernel.Writes)
        {
            foreach (var buffer in RowValues.Places(operands, node))
            {
                operands.Write(node, buffer);
            }
        }
    }

    /// <summary>Writes the method of one width.</summary>
    public void Write(SourceWriter writer, VectorDialect dialect, string name)
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"internal static void {name}({Signature})"))
        {
            References(writer, operands);
            FirstRows(writer, operands.Items, "firstRow", Shape);
            using (writer.Braces("for (var row = firstRow; row < firstRow + rows; row++)"))
            {
                RepeatedRows(writer, operands.Items, "row", Shape);
                if (IsVectors)
                {
                    WriteVectors(writer, dialect);
                }
                else
                {
                    WriteRow(writer, dialect, new RowValues(writer, dialect, _program, operands));
                }

                NextRows(writer, operands.Items, Shape);
            }
        }
    }

    /// <summary>The parameters: what is touched; from which row on and how many; columns, unless they are constant; strides.</summary>
    public string Signature => $"{Parameters(operands)}, nuint firstRow, nuint rows{(IsVectors ? ", nuint columns" : "")}{StrideParameters(operands.Items)}";

    /// <summary>How long rows are, when the method is for one length alone.</summary>
    public int? Columns => IsVectors ? null : _program.Columns;

    /// <summary>What is passed for the parameters behind the number of rows.</summary>
    public string Sizes => $"{(IsVectors ? $", {_program.Columns}" : "")}{Strides(operands.Items)}";

    /// <summary>Whether every row is so many whole vectors that are computed one by one: then one method serves rows of all lengths.</summary>
    private bool IsVectors => _program.Columns % 16 == 0 && _program.Nodes.All(node => node.Operation is MapOperation);

    private void WriteVectors(SourceWriter writer, VectorDialect dialect)
    {
        var values = new RowValues(writer, dialect, _program, operands, parts: 1);
        var stores = kernel.Writes.Where(node => !RowValues.IsScalar(node)).ToList();
        values.ComputeScalars(stores);
        if (stores.Count > 0)
        {
            using (writer.Braces($"for (nuint column = 0; column < columns; column += {dialect.Lanes})"))
            {
                var block = new RowValues.Block("column", dialect.Lanes);
                foreach (var node in stores)
                {
                    foreach (var target in RowValues.Places(operands, node))
                    {
                        values.Store(node, block, target, operands.Write(node, target));
                    }
                }
            }
        }

        foreach (var node in kernel.Writes.Where(RowValues.IsScalar))
        {
            values.StoreScalar(node);
        }
    }

    /// <summary>The parameters that carry the operands.</summary>
    public static string Parameters(Operands operands) => string.Join(", ", operands.Items.Select(i => $"nint {i.Name}Address"));

    /// <summary>Declares a managed reference for each operand.</summary>
    public static void References(SourceWriter writer, Operands operands)
    {
        foreach (var (name, node, _) in operands.Items)
        {
            writer.Line($"ref var {name} = ref Address.{(node.Type == ElementType.Int32 ? "ToIntRef" : "ToRef")}({name}Address);");
        }
    }

    /// <summary>The shape whose rows the kernel works on.</summary>
    private TensorShape Shape => _program.Nodes[0] is { Operation: ReduceOperation } reduction ? reduction.Operands[0].Shape : _program.Nodes[0].Shape;

    /// <summary>The parameters that say how far apart the rows of each operand are that has any.</summary>
    public static string StrideParameters(IEnumerable<(string Name, Node Node, Placement Placement)> items) =>
        string.Concat(items.Where(i => i.Node.Shape.HasBatch).Select(i => $", nuint {i.Name}Stride"));

    /// <summary>What is passed for them.</summary>
    public static string Strides(IEnumerable<(string Name, Node Node, Placement Placement)> items) =>
        string.Concat(items.Where(i => i.Node.Shape.HasBatch).Select(i => $", {i.Placement.StrideOf(i.Node)}"));

    /// <summary>Declares where the row of each operand begins that goes with the first row of a loop over rows of a shape.</summary>
    public static void FirstRows(SourceWriter writer, IEnumerable<(string Name, Node Node, Placement Placement)> items, string row, TensorShape shape)
    {
        foreach (var (name, _, _) in items.Where(i => i.Node.Shape.HasBatch && !IsRepeated(i.Node.Shape, shape)))
        {
            writer.Line(row == "0" ? $"nuint {name}Row = 0;" : $"var {name}Row = {row} * {name}Stride;");
        }
    }

    /// <summary>Declares where the rows begin of operands that have fewer of them.</summary>
    public static void RepeatedRows(SourceWriter writer, IEnumerable<(string Name, Node Node, Placement Placement)> items, string row, TensorShape shape)
    {
        foreach (var (name, node, _) in items.Where(i => i.Node.Shape.HasBatch && IsRepeated(i.Node.Shape, shape)))
        {
            writer.Line($"var {name}Row = {Repeated(node.Shape, shape, row)} * {name}Stride;");
        }
    }

    /// <summary>Goes on to the next row.</summary>
    public static void NextRows(SourceWriter writer, IEnumerable<(string Name, Node Node, Placement Placement)> items, TensorShape shape)
    {
        foreach (var (name, _, _) in items.Where(i => i.Node.Shape.HasBatch && !IsRepeated(i.Node.Shape, shape)))
        {
            writer.Line($"{name}Row += {name}Stride;");
        }
    }

    /// <summary>Declares where the row of each operand begins that goes with a row of a shape, at constant strides.</summary>
    public static void RowOffsets(
        SourceWriter writer, IEnumerable<(string Name, Node Node, Placement Placement)> items, string row, TensorShape shape)
    {
        foreach (var (name, node, buffer) in items.Where(i => i.Node.Shape.HasBatch))
        {
            writer.Line($"var {name}Row = {Repeated(node.Shape, shape, row)} * {buffer.StrideOf(node)};");
        }
    }

    private static bool IsRepeated(TensorShape operand, TensorShape shape) => Repeated(operand, shape, "row") != "row";

    /// <summary>
    /// The row of an operand that repeats along axes before the last, which goes with a row of the whole. Operands whose rows all differ,
    /// or are all one, may have other axes.
    /// </summary>
    private static string Repeated(TensorShape operand, TensorShape shape, string row)
    {
        var (all, own) = (shape.ConstantSize / shape.Last.Size, operand.ConstantSize / operand.Last.Size);
        if (own == all || own == 1)
        {
            return own == all ? row : $"({row} / {all})";
        }

        var (terms, rows, ownRows) = (new List<string>(), 1, 1);
        for (var axis = shape.Rank - 2; axis >= 0; axis--)
        {
            var outer = rows == 1 ? row : $"{row} / {rows}";
            if (!operand[axis].IsOne)
            {
                var index = axis == 0 ? outer : $"{outer} % {shape[axis]}";
                terms.Insert(0, ownRows == 1 ? $"({index})" : $"({index} * {ownRows})");
            }

            (rows, ownRows) = axis == 0 ? (rows, ownRows) : (rows * shape[axis].Size, ownRows * operand[axis].Size);
        }

        return terms.Count == 1 ? terms[0] : $"({string.Join(" + ", terms)})";
    }

    private void WriteRow(SourceWriter writer, VectorDialect dialect, RowValues values)
    {
        values.BeginRow();
        var columns = _program.Columns;
        var levels = Levels();
        var windows = _program.Nodes.Select(ChannelWindow.Of).OfType<ChannelWindow>().ToList();
        var (before, after) = (windows.Select(w => w.Before).Append(0).Max(), windows.Select(w => w.After).Append(0).Max());
        var blocks = Enumerable.Range(0, (columns + 15) / 16)
            .Select(b => new RowValues.Block($"{16 * b}", Math.Min(16, columns - (16 * b))))
            .ToArray();

        for (var level = 0; level <= levels.Values.Append(0).Max(); level++)
        {
            var reductions = _program.Nodes.Where(n => n.Operation is ReduceOperation && columns > 1 && levels[n] == level + 1).ToList();
            var stores = kernel.Writes.Where(n => !RowValues.IsScalar(n) && levels[n] == level).ToList();
            var sums = reductions.ToDictionary(r => r, r => Enumerable.Range(0, dialect.Parts).Select(_ => values.Emitter.Fresh()).ToArray());
            foreach (var reduction in reductions)
            {
                foreach (var part in sums[reduction])
                {
                    writer.Line($"var {part} = {Identity(dialect, reduction)};");
                }
            }

            if (reductions.Count + stores.Count > 0)
            {
                if (blocks.Length <= BlocksInRegisters)
                {
                    foreach (var block in blocks)
                    {
                        WriteBlock(block, reductions, stores, sums);
                    }
                }
                else
                {
                    // What is the same in all columns belongs before the loop: its value is used after it too.
                    values.ComputeScalars(reductions.Select(r => r.Operands[0]).Concat(stores));
                    // Blocks at the ends of the row, where windows have fewer cells, are written by themselves.
                    var (first, end) = ((before + 15) / 16, Math.Max((before + 15) / 16, (columns - after) / 16));
                    WriteEnds(blocks.Take(first));
                    if (end > first)
                    {
                        using (writer.Braces($"for (nuint column = {16 * first}; column < {16 * end}; column += 16)"))
                        {
                            WriteBlock(new RowValues.Block("column", 16), reductions, stores, sums);
                        }
                    }

                    WriteEnds(blocks.Skip(end));

                    void WriteEnds(IEnumerable<RowValues.Block> ends)
                    {
                        foreach (var block in ends)
                        {
                            using (writer.Braces(""))
                            {
                                WriteBlock(block.Copy(), reductions, stores, sums);
                            }
                        }
                    }
                }
            }

            foreach (var reduction in reductions)
            {
                var fold = ((ReduceOperation)reduction.Operation).Kind == ReduceKind.Sum ? "FoldSum" : "FoldMax";
                values.SetScalar(reduction, values.Emitter.Declare(
                    dialect.Broadcast($"VectorMath.{fold}({string.Join(", ", sums[reduction])})")));
            }
        }

        foreach (var node in kernel.Writes.Where(RowValues.IsScalar))
        {
            values.StoreScalar(node);
        }

        void WriteBlock(RowValues.Block block, List<Node> reductions, List<Node> stores, Dictionary<Node, string[]> sums)
        {
            foreach (var reduction in reductions)
            {
                var vectors = values.Vectors(reduction.Operands[0], block);
                for (var part = 0; part < dialect.Parts; part++)
                {
                    var valid = Math.Min(dialect.Lanes, block.Valid - (part * dialect.Lanes));
                    if (valid > 0)
                    {
                        var vector = valid == dialect.Lanes
                            ? vectors[part]
                            : $"VectorParts.KeepFirst({vectors[part]}, {valid}, {Identity(dialect, reduction)})";
                        writer.Line($"{sums[reduction][part]} = {Combine(dialect, reduction, sums[reduction][part], vector)};");
                    }
                }
            }

            foreach (var node in stores)
            {
                foreach (var target in RowValues.Places(operands, node))
                {
                    values.Store(node, block, target, operands.Write(node, target));
                }
            }
        }
    }

    /// <summary>How many reductions one after the other a value needs.</summary>
    private Dictionary<Node, int> Levels()
    {
        var levels = new Dictionary<Node, int>();
        foreach (var node in _program.Nodes)
        {
            var level = node.Operands.Select(o => levels.TryGetValue(Fuse.Storage(o), out var l) ? l : 0).Append(0).Max();
            levels[node] = node.Operation is ReduceOperation && _program.Columns > 1 ? level + 1 : level;
        }

        return levels;
    }

    private static string Identity(VectorDialect dialect, Node reduction) => ((ReduceOperation)reduction.Operation).Kind == ReduceKind.Sum
        ? dialect.Zero
        : dialect.Broadcast("float.NegativeInfinity");

    private static string Combine(VectorDialect dialect, Node reduction, string sum, string vector) =>
        ((ReduceOperation)reduction.Operation).Kind == ReduceKind.Sum ? $"{sum} + {vector}" : $"{dialect.Class}.Max({sum}, {vector})";
}
