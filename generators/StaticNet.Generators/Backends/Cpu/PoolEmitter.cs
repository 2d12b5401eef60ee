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
        private readonly int _columns = emitter._kernel.Pool.Shape.Last.Size;
        private readonly PoolPlaces _places = new(
            writer, dialect, emitter._kernel, emitter._kernel.Writes, emitter._operands, [.. emitter._operands.Items.Skip(emitter._streamed)]);

        private Operands Operands => emitter._operands;

        public void Write()
        {
            if (emitter._isGradient)
            {
                _loops.Places(Spread, emitter._kernel.HasEpilogue ? Rest : () => { });
            }
            else
            {
                _loops.Places(
                    isUnrolled => _places.Gather(_loops, _columns, isUnrolled, (cell, block) => [.. Enumerable.Range(0, dialect.Parts).Select(part => Load(0, cell, block, part))]),
                    () => { });
            }
        }

        /// <summary>The gradient of a place to its cells: of a maximum all to the first that attains it, of a mean to each its part.</summary>
        private void Spread(bool isUnrolled)
        {
            _loops.Corner(isUnrolled);
            _loops.Blocks(_columns, 1, blocks =>
            {
                var block = blocks[0];
                var parts = Enumerable.Range(0, dialect.Parts).ToArray();
                var isMax = emitter._kind == PoolKind.Max;
                var gradient = Array.ConvertAll(parts, part => Declare(Load(isMax ? 2 : 0, "place", block, part)));
                if (!isMax)
                {
                    var scale = _places.Scale(_shape, isUnrolled);
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
                _columns, 1, blocks => _places.Finish(cell, blocks, [[.. Enumerable.Repeat(dialect.Zero, dialect.Parts)]]));
        }

        /// <summary>Cells that one window alone has get their value, others one more term.</summary>
        private void Give(string cell, RowValues.Block block, string[] parts)
        {
            if (emitter._kernel.HasEpilogue)
            {
                using (writer.Braces(""))
                {
                    _places.Finish(cell, [block with { }], [parts]);
                }

                return;
            }

            foreach (var target in Operands.Plan.Targets(emitter._kernel.Pool))
            {
                var (node, name) = (emitter._kernel.Pool, Operands.Write(emitter._kernel.Pool, target));
                var (stride, padded) = (target.StrideOf(node), target.IsPaddedFor(node));
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

        private string Load(int operand, string row, RowValues.Block block, int part)
        {
            var (name, node, place) = Operands.Items[operand];
            return RowValues.LoadPart(
                dialect, name, At(row, place.StrideOf(node), block.At(part * dialect.Lanes)), block.Valid - (part * dialect.Lanes),
                place.IsPaddedFor(node));
        }

        private static string At(string row, int stride, string column)
        {
            var begin = stride == 1 ? row : $"({row} * {stride})";
            return column == "0" ? begin : $"{begin} + {column}";
        }

        private string Declare(string expression) => _places.Emitter.Declare(expression);
    }
}
