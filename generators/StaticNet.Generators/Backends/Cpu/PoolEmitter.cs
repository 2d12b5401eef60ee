using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes windows that slide over cells, and their gradients; the vector lanes are columns of a cell.</summary>
internal sealed class PoolEmitter
{
    private readonly PoolKernel _kernel;
    private readonly Operands _operands;
    private readonly int _streamed;
    private readonly PoolKind _kind;
    private readonly bool _isGradient;

    public PoolEmitter(PoolKernel kernel, Operands operands)
    {
        (_kernel, _operands) = (kernel, operands);
        (_kind, _isGradient) = kernel.Pool.Operation switch
        {
            PoolOperation pool => (pool.Kind, false),
            PoolGradientOperation gradient => (gradient.Kind, true),
            _ => throw new NotSupportedException($"No windows: {kernel.Pool}."),
        };
        string[] names = !_isGradient ? ["cells"] : _kind == PoolKind.Max ? ["cells", "largest", "gradient"] : ["gradient"];
        _streamed = names.Length;
        for (var i = 0; i < names.Length; i++)
        {
            operands.AddStreamed(names[i], kernel.Pool.Operands[i], operands.Plan[kernel.Pool.Operands[i]]);
        }

        foreach (var node in kernel.Epilogue.Reads)
        {
            operands.Read(node);
        }

        foreach (var node in kernel.Writes)
        {
            foreach (var target in operands.Plan.Targets(node))
            {
                operands.Write(node, target);
            }
        }
    }

    public string Signature => $"{RowEmitter.Parameters(_operands)}, nuint firstLine, nuint lines";

    /// <summary>Writes the method of one width: the places of some lines.</summary>
    public void Write(SourceWriter writer, VectorDialect dialect)
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"internal static void {KernelLibrary.Name}({Signature})"))
        {
            RowEmitter.References(writer, _operands);
            new Pen(this, writer, dialect).Write();
        }
    }

    /// <summary>One width.</summary>
    private sealed class Pen(PoolEmitter emitter, SourceWriter writer, VectorDialect dialect)
    {
        private readonly PoolShape _shape = emitter._kernel.Shape;
        private readonly WindowLoops _loops = new(writer, emitter._kernel.Shape);
        private readonly RowValues _values = new(writer, dialect, emitter._kernel.Epilogue, emitter._operands);
        private readonly int _columns = emitter._kernel.Pool.Shape.Last.Size;

        private Operands Operands => emitter._operands;

        public void Write()
        {
            if (emitter._isGradient)
            {
                _loops.Places(Spread, emitter._kernel.HasEpilogue ? Rest : () => { });
            }
            else
            {
                _loops.Places(Gather, () => { });
            }
        }

        /// <summary>The value of a place from its cells.</summary>
        private void Gather(bool isUnrolled)
        {
            Corner(isUnrolled);
            _loops.Blocks(_columns, isUnrolled ? 1 : Math.Max(1, 4 / dialect.Parts), blocks =>
            {
                string[][] values = [.. blocks.Select(block => isUnrolled ? Unrolled(block) : Start())];
                if (!isUnrolled && emitter._kind == PoolKind.Max)
                {
                    _loops.Cells(isUnrolled, cell => Combine(blocks, values, cell));
                }
                else if (!isUnrolled)
                {
                    string[][] chains = [];
                    _loops.Chains(
                        () => chains = [.. blocks.Select(_ => Start())],
                        cell => Combine(blocks, chains, cell),
                        () => ForEach(values, chains, (sum, chain) => writer.Line($"{sum} += {chain};")));
                }

                if (Scale(isUnrolled) is { } scale)
                {
                    values = [.. values.Select(parts => parts.Select(part => Declare($"{part} * {scale}")).ToArray())];
                }

                Finish("place", [.. blocks], values);
            });

            string[] Unrolled(RowValues.Block block)
            {
                string[]? parts = null;
                _loops.Cells(true, cell => parts = [.. Enumerable.Range(0, dialect.Parts).Select(part =>
                {
                    var next = Load(0, cell, block, part);
                    return Declare(parts is null ? next : Combined(parts[part], next));
                })]);
                return parts!;
            }

            string[] Start() => [.. Enumerable.Range(0, dialect.Parts).Select(_ =>
                Declare(emitter._kind == PoolKind.Max ? dialect.Broadcast("float.NegativeInfinity") : dialect.Zero))];

            void Combine(IReadOnlyList<RowValues.Block> blocks, string[][] values, string cell)
            {
                for (var b = 0; b < values.Length; b++)
                {
                    for (var part = 0; part < dialect.Parts; part++)
                    {
                        writer.Line($"{values[b][part]} = {Combined(values[b][part], Load(0, cell, blocks[b], part))};");
                    }
                }
            }
        }

        /// <summary>The gradient of a place to its cells: of a maximum all to the first that attains it, of a mean to each its part.</summary>
        private void Spread(bool isUnrolled)
        {
            Corner(isUnrolled);
            _loops.Blocks(_columns, 1, blocks =>
            {
                var block = blocks[0];
                var parts = Enumerable.Range(0, dialect.Parts).ToArray();
                var isMax = emitter._kind == PoolKind.Max;
                var gradient = Array.ConvertAll(parts, part => Declare(Load(isMax ? 2 : 0, "place", block, part)));
                if (!isMax)
                {
                    var scale = Scale(isUnrolled);
                    gradient = scale is null ? gradient : Array.ConvertAll(gradient, part => Declare($"{part} * {scale}"));
                    _loops.Cells(isUnrolled, cell => Give(cell, block, gradient));
                    return;
                }

                var largest = Array.ConvertAll(parts, part => Declare(Load(1, "place", block, part)));
                _loops.Cells(isUnrolled, cell => Give(cell, block, Array.ConvertAll(parts, part =>
                {
                    var value = Declare(Load(0, cell, block, part));
                    var attains = Declare($"({dialect.Class}.Equals({value}, {largest[part]}) | ~{dialect.Class}.Equals({value}, {value}))");
                    var given = Declare($"{gradient[part]} & {attains}");
                    writer.Line($"{gradient[part]} = {dialect.Class}.AndNot({gradient[part]}, {attains});");
                    return given;
                })));
            });
        }

        /// <summary>Zeros to the cells that no window has: behind the last place of a line, and below the last line.</summary>
        private void Rest()
        {
            var (right, below) = (Behind(_shape.Across, _shape.PlacesAcross), Behind(_shape.Down, _shape.PlacesDown));
            if (right < _shape.Width)
            {
                _loops.Cells("top", "bottom", $"{right}", $"{_shape.Width}", Zeros);
            }

            if (below < _shape.Height)
            {
                using (writer.Braces(_shape.PlacesDown == 1 ? "" : $"if (down == {_shape.PlacesDown - 1})"))
                {
                    _loops.Cells($"{below}", $"{_shape.Height}", "0", $"{_shape.Width}", Zeros);
                }
            }

            static int Behind(PoolWindow window, int places) => (places * window.Stride) - window.Before;

            void Zeros(string cell) => _loops.Blocks(
                _columns, 1, blocks => Finish(cell, [.. blocks], [[.. Enumerable.Repeat(dialect.Zero, dialect.Parts)]]));
        }

        /// <summary>Cells that one window alone has get their value, others one more term.</summary>
        private void Give(string cell, RowValues.Block block, string[] parts)
        {
            if (emitter._kernel.HasEpilogue)
            {
                using (writer.Braces(""))
                {
                    Finish(cell, [block with { }], [parts]);
                }

                return;
            }

            foreach (var target in Operands.Plan.Targets(emitter._kernel.Pool))
            {
                var (node, name) = (emitter._kernel.Pool, Operands.Write(emitter._kernel.Pool, target));
                var (stride, padded) = (Operands.Stride(node, target), Operands.IsPadded(node, target));
                for (var part = 0; part < dialect.Parts; part++)
                {
                    var valid = block.Valid - (part * dialect.Lanes);
                    if (valid > 0)
                    {
                        var at = At(cell, stride, block.At(part * dialect.Lanes));
                        var sum = Declare($"{RowValues.LoadPart(dialect, name, at, valid, padded)} + {parts[part]}");
                        RowValues.StorePart(writer, dialect, sum, name, at, valid, padded);
                    }
                }
            }
        }

        /// <summary>What follows a row of the result, and its stores.</summary>
        private void Finish(string row, RowValues.Block[] blocks, string[][] values)
        {
            var pool = emitter._kernel.Pool;
            RowEmitter.RowOffsets(writer, Operands.Items.Skip(emitter._streamed), row, pool.Shape);
            for (var b = 0; b < blocks.Length; b++)
            {
                _values.BeginRow();
                blocks[b].Values.Clear();
                blocks[b].Values[pool] = values[b];
                if (_columns == 1)
                {
                    _values.SetScalar(pool, values[b][0]);
                    emitter._kernel.Writes.ForEach(_values.StoreScalar);
                    continue;
                }

                foreach (var node in emitter._kernel.Writes)
                {
                    foreach (var target in Operands.Plan.Targets(node))
                    {
                        _values.Store(node, blocks[b], target, Operands.Write(node, target));
                    }
                }
            }
        }

        private void Corner(bool isUnrolled)
        {
            if (isUnrolled)
            {
                writer.Line($"var corner = {_loops.Cell("top", "left")};");
            }
        }

        /// <summary>One over what a mean divides by; null for what is no mean.</summary>
        private string? Scale(bool isInside) => emitter._kind is PoolKind.Max or PoolKind.Sum ? null : dialect.Broadcast(
            emitter._kind == PoolKind.Mean || isInside || !_shape.ReachesOut
                ? ExpressionEmitter.Literal(1.0 / _shape.Cells)
                : "1f / (float)((bottom - top) * (right - left))");

        private string Combined(string a, string b) => emitter._kind == PoolKind.Max ? $"{dialect.Class}.Max({a}, {b})" : $"{a} + {b}";

        private string Load(int operand, string row, RowValues.Block block, int part)
        {
            var (name, node, place) = Operands.Items[operand];
            return RowValues.LoadPart(
                dialect, name, At(row, Operands.Stride(node, place), block.At(part * dialect.Lanes)), block.Valid - (part * dialect.Lanes),
                Operands.IsPadded(node, place));
        }

        private static string At(string row, int stride, string column)
        {
            var begin = stride == 1 ? row : $"({row} * {stride})";
            return column == "0" ? begin : $"{begin} + {column}";
        }

        private string Declare(string expression) => _values.Emitter.Declare(expression);

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
}
