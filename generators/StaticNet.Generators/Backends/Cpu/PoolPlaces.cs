using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes what is done at a place of a window: its value from those of its cells, what follows it, and the stores.</summary>
/// <param name="kernel">The windows, and what follows them.</param>
/// <param name="writes">The values that are left in memory.</param>
/// <param name="items">What of the operands goes with the places.</param>
internal sealed class PoolPlaces(
    SourceWriter writer, VectorDialect dialect, PoolKernel kernel, IReadOnlyList<Node> writes, Operands operands,
    IReadOnlyList<(string Name, Node Node, Placement Placement)> items)
{
    private readonly RowValues _values = new(writer, dialect, kernel.Epilogue, operands);
    private readonly PoolKind _kind = kernel.Pool.Operation is PoolGradientOperation gradient ? gradient.Kind : ((PoolOperation)kernel.Pool.Operation).Kind;

    public ExpressionEmitter Emitter => _values.Emitter;

    /// <summary>The value of a place from its cells.</summary>
    /// <param name="loops">The loops that it is in.</param>
    /// <param name="columns">How many columns of it.</param>
    /// <param name="isUnrolled">Whether each cell has statements of its own.</param>
    /// <param name="cell">Gives the vectors of a block of a cell.</param>
    public void Gather(WindowLoops loops, int columns, bool isUnrolled, Func<string, RowValues.Block, string[]> cell)
    {
        loops.Corner(isUnrolled);
        loops.Blocks(columns, isUnrolled ? 1 : Math.Max(1, 4 / dialect.Parts), blocks =>
        {
            string[][] values = [.. blocks.Select(block => isUnrolled ? Unrolled(block) : Start())];
            if (!isUnrolled && _kind == PoolKind.Max)
            {
                loops.Cells(isUnrolled, at => Combine(blocks, values, at));
            }
            else if (!isUnrolled)
            {
                string[][] chains = [];
                loops.Chains(
                    () => chains = [.. blocks.Select(_ => Start())],
                    at => Combine(blocks, chains, at),
                    () => ForEach(values, chains, (sum, chain) => writer.Line($"{sum} += {chain};")));
            }

            if (Scale(loops.Shape, isUnrolled) is { } scale)
            {
                values = [.. values.Select(parts => parts.Select(part => Emitter.Declare($"{part} * {scale}")).ToArray())];
            }

            Finish("place", blocks, values);
        });

        string[] Unrolled(RowValues.Block block)
        {
            string[]? parts = null;
            loops.Cells(true, at => parts = [.. cell(at, block).Select((next, part) => Emitter.Declare(parts is null ? next : Combined(parts[part], next)))]);
            return parts!;
        }

        string[] Start() => [.. Enumerable.Range(0, dialect.Parts).Select(_ =>
            Emitter.Declare(_kind == PoolKind.Max ? dialect.Broadcast("float.NegativeInfinity") : dialect.Zero))];

        void Combine(IReadOnlyList<RowValues.Block> blocks, string[][] values, string at)
        {
            for (var b = 0; b < values.Length; b++)
            {
                var next = cell(at, blocks[b]);
                for (var part = 0; part < dialect.Parts; part++)
                {
                    writer.Line($"{values[b][part]} = {Combined(values[b][part], next[part])};");
                }
            }
        }
    }

    /// <summary>What follows a row of the result, and its stores.</summary>
    public void Finish(string row, IReadOnlyList<RowValues.Block> blocks, string[][] values)
    {
        var pool = kernel.Pool;
        RowEmitter.RowOffsets(writer, items, row, pool.Shape);
        for (var b = 0; b < blocks.Count; b++)
        {
            _values.BeginRow();
            blocks[b].Values.Clear();
            blocks[b].Values[pool] = values[b];
            if (pool.Shape.Last.Size == 1)
            {
                _values.SetScalar(pool, values[b][0]);
                foreach (var node in writes)
                {
                    _values.StoreScalar(node);
                }

                continue;
            }

            foreach (var node in writes)
            {
                foreach (var target in operands.Plan.Targets(node))
                {
                    _values.Store(node, blocks[b], target, operands.Write(node, target));
                }
            }
        }
    }

    /// <summary>One over what a mean divides by; null for what is no mean.</summary>
    public string? Scale(PoolShape shape, bool isInside) => _kind is PoolKind.Max or PoolKind.Sum ? null : dialect.Broadcast(
        _kind == PoolKind.Mean || isInside || !shape.ReachesOut
            ? ExpressionEmitter.Literal(1.0 / shape.Cells)
            : "1f / (float)((bottom - top) * (right - left))");

    private string Combined(string a, string b) => _kind == PoolKind.Max ? $"{dialect.Class}.Max({a}, {b})" : $"{a} + {b}";

    private static void ForEach(string[][] a, string[][] b, Action<string, string> write)
    {
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < a[i].Length; j++)
            {
                write(a[i][j], b[i][j]);
            }
        }
    }
}
