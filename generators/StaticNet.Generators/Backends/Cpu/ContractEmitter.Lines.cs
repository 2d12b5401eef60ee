using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>The methods that compute lines of places of a contraction over windows.</summary>
internal sealed partial class ContractEmitter
{
    /// <summary>Places that keep a core busy.</summary>
    private const int PlacesOfTile = 12;

    private IReadOnlyList<WindowRun> Heights => Windows.Height.Runs(Windows.Role);

    private IReadOnlyList<WindowRun> Widths => Windows.Width.Runs(Windows.Role);

    /// <summary>Whether all places see all cells, from line to line and along a line.</summary>
    private bool IsUniform => Heights.Count == 1 && Widths.Count == 1;

    /// <summary>Whether what follows the sums is done while they are in registers.</summary>
    private bool FinishesTiles => HasEpilogue && Pooled is null && IsUniform && TileEpilogue.Fits(_kernel);

    /// <summary>Whether one call computes many lines, so that a channel's weights are loaded once for all of them.</summary>
    private bool RunsOverLines => Windows.IsDepthwise && IsUniform && Lines(_contract.Result) > 1 && HasEpilogue == FinishesTiles;

    /// <summary>What the methods of lines touch besides the operands of the product: the sums, or what becomes of them.</summary>
    private IEnumerable<(string Name, IR.Node Node, Placement Placement)> TileItems => FinishesTiles
        ? _operands.Items.Skip(2).Where(item => item.Name != _c || _kernel.Writes.SelectMany(_operands.Plan.Targets).Contains(_sums))
        : [_operands.Items[2]];

    /// <summary>Lines that are computed together, where they are so short that a tile of one line would wait for its sums.</summary>
    private int LinesTogether
    {
        get
        {
            var lines = Lines(_contract.Result);
            var isPossible = !Windows.IsDepthwise && Pooled is null && IsUniform
                && (HasEpilogue == FinishesTiles || _operands.Items.All(item => item.Placement.Border is null));
            var most = isPossible ? Math.Max(1, PlacesOfTile / Width(_contract.Result)) : 1;
            var bands = (lines + most - 1) / most;
            return (lines + bands - 1) / bands;
        }
    }

    /// <summary>Writes a method that computes lines of one panel.</summary>
    /// <param name="owner">The kernel that the method is a part of.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="dialect">The width of vectors.</param>
    /// <param name="height">What lines see.</param>
    /// <param name="panel">Columns of the panel in storage.</param>
    /// <param name="columns">How many of them exist.</param>
    private sealed class LineEmitter(ContractEmitter owner, SourceWriter writer, VectorDialect dialect, WindowRun height, int panel, int columns)
    {
        private readonly WindowTiles _tiles = new(writer, dialect, owner.Windows.IsDepthwise);
        private readonly TileEpilogue? _epilogue = owner.FinishesTiles ? new(owner._kernel, owner._operands, writer, dialect, columns) : null;
        private readonly int _vectors = Math.Min(2, panel / dialect.Lanes);

        /// <summary>Writes it for so many lines, unless it is told at run time how many.</summary>
        public void Write(int lines)
        {
            var others = string.Concat(owner.TileItems.Select(item => $", ref float {item.Name}"));
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"private static void {KernelLibrary.Name}(ref float a, ref float b{others}{(owner.RunsOverLines ? ", nuint lines" : "")})"))
            {
                if (owner.RunsOverLines)
                {
                    WriteChannels(owner.Widths[0]);
                }
                else
                {
                    ForEachColumn(_vectors, column =>
                    {
                        foreach (var run in owner.Widths)
                        {
                            WriteRun(run, lines, column);
                        }
                    });
                }
            }
        }

        /// <summary>So many vectors of the panel at a time.</summary>
        private void ForEachColumn(int vectors, Action<Column> write)
        {
            var step = vectors * dialect.Lanes;
            if (panel == step)
            {
                write(new("", 0));
            }
            else if (columns == panel || _epilogue is null)
            {
                using (writer.Braces($"for (nuint column = 0; column < {panel}; column += {step})"))
                {
                    write(new("column", 0));
                }
            }
            else
            {
                for (var first = 0; first < panel; first += step)
                {
                    using (writer.Braces(""))
                    {
                        write(new("", first));
                    }
                }
            }
        }

        private void WriteRun(WindowRun run, int lines, Column column)
        {
            if (lines == 1)
            {
                WritePlaces(_tiles.Split(run.Count, run.Cells, _vectors), (place, first, rows) => WriteTile(run, column, new("", place, first), _vectors, Along(rows)));
                return;
            }

            (int Line, int Place)[] all = [.. Enumerable.Range(0, lines * run.Count).Select(row => (row / run.Count, row % run.Count))];
            var size = _tiles.Split(all.Length, run.Cells, _vectors).Rows;
            for (var first = 0; first < all.Length; first += size)
            {
                using (writer.Braces(""))
                {
                    WriteTile(run, column, new("", "", 0), _vectors, [.. all.Skip(first).Take(size)]);
                }
            }
        }

        /// <summary>Channel by channel, all lines: weights stay in registers where there are enough of these.</summary>
        private void WriteChannels(WindowRun run)
        {
            var cells = height.Cells * run.Cells;
            var shared = _epilogue?.SharedVectors ?? 0;
            var isHeld = _tiles.PlacesBeside(cells + shared) >= 4;
            var vectors = isHeld ? 1 : _vectors;
            ForEachColumn(vectors, column =>
            {
                if (isHeld)
                {
                    _tiles.Hold("b", [.. Cells(run).Select(cell => column.After($"{cell.InWeights}"))]);
                }

                var vectorsOfAll = isHeld ? _epilogue?.Shared(column.At(0)) : null;
                using (writer.Braces("for (nuint line = 0; line < lines; line++)"))
                {
                    var split = isHeld ? WindowTiles.Split(run.Count, _tiles.PlacesBeside(cells + shared)) : _tiles.Split(run.Count, run.Cells, vectors);
                    WritePlaces(split, (place, first, rows) => WriteTile(run, column, new("line", place, first), vectors, Along(rows), isHeld, vectorsOfAll));
                }
            });
        }

        /// <summary>The places of a line: so many tiles of so many, and one of what remains.</summary>
        private void WritePlaces((int Tiles, int Rows, int Remaining) split, Action<string, int, int> writeTile)
        {
            var (count, rows, remaining) = split;
            using (writer.Braces(count > 1 ? $"for (nuint place = 0; place < {count * rows}; place += {rows})" : ""))
            {
                writeTile(count > 1 ? "place" : "", 0, rows);
            }

            if (remaining > 0)
            {
                using (writer.Braces(""))
                {
                    writeTile("", count * rows, remaining);
                }
            }
        }

        private void WriteTile(
            WindowRun run, Column column, Corner corner, int vectors, (int Line, int Place)[] rows, bool isHeld = false,
            IReadOnlyDictionary<IR.Node, string>? shared = null)
        {
            foreach (var item in owner.TileItems.Where(item => item.Node.Shape.HasBatch))
            {
                var stride = item.Placement.StrideOf(item.Node);
                var begin = corner.Offset(LineRows(item.Placement) * stride, run.Step * stride, run.First * stride);
                writer.Line($"ref var {Row(item.Name)} = ref Unsafe.Add(ref {item.Name}, {column.After(begin)});");
            }

            if (height.Cells * run.Cells == 0)
            {
                _tiles.Clear(vectors, Places(run, rows));
                return;
            }

            var (lineStep, placeStep) = (height.Move * owner.Image.Line, run.Move * owner.ImageStride);
            var image = corner.Offset(lineStep, placeStep, run.Base * owner.ImageStride);
            writer.Line($"ref var a0 = ref Unsafe.Add(ref a, {(owner.Windows.IsDepthwise ? column.After(image) : image)});");
            int[] begins = [.. rows.Select(row => (row.Line * lineStep) + (row.Place * placeStep))];
            Action? finish = _epilogue is null ? null : Finish;
            if (isHeld)
            {
                _tiles.WriteHeld(begins, Places(run, rows), [.. Cells(run).Select(cell => cell.InImage)], finish);
                return;
            }

            writer.Line($"ref var b0 = ref Unsafe.Add(ref b, {column.After($"{Cells(run).First().InWeights}")});");
            _tiles.Write(begins, vectors, Places(run, rows), Levels(run), null, finish);

            void Finish()
            {
                for (var v = 0; v < vectors; v++)
                {
                    var lane = v * dialect.Lanes;
                    var vectorsOfAll = shared ?? _epilogue!.Shared(column.At(lane));
                    for (var row = 0; row < rows.Length; row++)
                    {
                        var (line, place) = rows[row];
                        _epilogue!.Store(WindowTiles.Sum(row, v), vectorsOfAll, column.First + lane, (name, node, placement) =>
                            (Row(name), $"{(((line * LineRows(placement)) + (place * run.Step)) * placement.StrideOf(node)) + lane}"));
                    }
                }
            }
        }

        /// <summary>The reference to where a tile's rows of a value begin.</summary>
        private string Row(string name) => name == owner._c ? "sums" : $"{name}Rows";

        /// <summary>Where the sums of rows go that are stored as they are.</summary>
        private int[] Places(WindowRun run, (int Line, int Place)[] rows) =>
            [.. rows.Select(row => ((row.Line * LineRows(owner._sums)) + (row.Place * run.Step)) * owner._sums.Stride)];

        private int LineRows(Placement placement) => placement.Border?.Width ?? Width(owner._contract.Result);

        private static (int Line, int Place)[] Along(int rows) => [.. Enumerable.Range(0, rows).Select(row => (0, row))];

        /// <summary>A turned copy of the weights is stored last cell first; weights of single channels are read backwards instead.</summary>
        private (int First, int Step) CellOrder => owner.Windows is { IsDepthwise: true, Role: WindowRole.Scatter } windows ? (windows.Cells - 1, -1) : (0, 1);

        /// <summary>Where a place finds each cell in the image, and where its weights are.</summary>
        private IEnumerable<(int InImage, int InWeights)> Cells(WindowRun run) =>
            from y in Enumerable.Range(0, height.Cells)
            from x in Enumerable.Range(0, run.Cells)
            let stored = ((height.FirstCell + (y * height.StoredStep)) * owner.Windows.Width.Cells) + run.FirstCell + (x * run.StoredStep)
            select ((y * height.CellStep * owner.Image.Line) + (x * run.CellStep * owner.ImageStride), (CellOrder.First + (CellOrder.Step * stored)) * owner.Depth * panel);

        private IReadOnlyList<SumLevel> Levels(WindowRun run) => WindowTiles.Levels(
            (height.Cells, height.CellStep * owner.Image.Line, CellOrder.Step * height.StoredStep * owner.Windows.Width.Cells * owner.Depth * panel),
            (run.Cells, run.CellStep * owner.ImageStride, CellOrder.Step * run.StoredStep * owner.Depth * panel),
            (owner.Depth, 1, panel));

        /// <summary>The first of a few vectors of columns: the variable of the loop over them, if there is one, or which it is.</summary>
        private readonly record struct Column(string Variable, int First)
        {
            public string At(int lane) => Variable.Length == 0 ? $"{First + lane}" : lane == 0 ? Variable : $"{Variable} + {lane}";

            public string After(string offset) => offset == "0" ? At(0) : At(0) == "0" ? offset : $"{offset} + {At(0)}";
        }

        /// <summary>Where a tile begins: the variables of the loops over lines and places, if there are such, and a place.</summary>
        private readonly record struct Corner(string Line, string Place, int First)
        {
            public string Offset(int line, int place, int first)
            {
                var constant = first + (First * place);
                string[] terms = [.. new[] { (Line, line), (Place, place) }.Where(term => term.Item1.Length > 0).Select(term => $"({term.Item1} * {term.Item2})")];
                return terms.Length == 0 ? $"{constant}" : string.Join(" + ", constant == 0 ? terms : terms.Append($"{constant}"));
            }
        }
    }
}
