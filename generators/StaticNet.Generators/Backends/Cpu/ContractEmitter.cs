using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes a contraction: for each panel of up to 32 columns its sums, then the epilogue while they are in the first-level cache.
/// </summary>
internal sealed partial class ContractEmitter
{
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
    private readonly IReadOnlyList<SparseMatrix>? _sparse;

    /// <param name="kernel">What is computed.</param>
    /// <param name="operands">Gets the memory that is touched.</param>
    /// <param name="sparse">The weights for each width where most of them are zero.</param>
    public ContractEmitter(ContractKernel kernel, Operands operands, IReadOnlyList<SparseMatrix>? sparse = null)
    {
        _kernel = kernel;
        _sparse = sparse;
        _contract = kernel.Contract;
        _operands = operands;
        var rows = operands.Plan[_contract.Rows];
        var stride = rows.StrideOf(_contract.Rows);
        (_rowStride, _depthStride) = _contract.RowsTransposed ? (1, stride) : (stride, 1);
        _columnStride = _contract.ReadsWeights ? null : operands.Plan[_contract.Columns].StrideOf(_contract.Columns);
        _a = operands.AddStreamed("a", _contract.Rows, rows);
        _b = operands.AddStreamed("b", _contract.Columns, operands.Plan[_contract.Columns]);
        _sums = _contract.GivesWeights ? operands.Plan.Targets(_contract.Result)[0] : operands.Plan.Sums(_contract.Result);
        _c = operands.Add("c", _contract.Result, _sums);
        foreach (var node in kernel.Epilogue.Reads.Concat(kernel.Pooled?.Pool.Epilogue.Reads ?? []))
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

    private bool HasEpilogue => !Accumulates && (_kernel.Epilogue.Nodes.Count > 0 || Pooled is not null || _kernel.Writes.Contains(_contract.Result) && _operands.Plan.Targets(_contract.Result).Any(b => b != _sums));

    public string Signature => Accumulates
        ? "nint aAddress, nint bAddress, nint cAddress, bool accumulate, nuint depth, nuint firstRow, nuint rows, nuint panel"
        : $"{RowEmitter.Parameters(_operands)}, {(_contract.TurnsColumns ? "nint scratch, " : "")}nuint firstRow, nuint rows, nuint firstPanel, nuint panels";

    /// <summary>Floats of scratch of a thread: a panel of turned weights.</summary>
    public int TurnedFloats => _contract.TurnsColumns ? Padding.PanelWidth * _contract.K!.Value : 0;

    /// <summary>Adds the kernel and the methods it calls for each panel.</summary>
    public string AddTo(KernelLibrary library, string summary)
    {
        var (m, k, n) = (_contract.M, _contract.K, _contract.N);
        var panels = Padding.Panels(n);
        var lastColumns = n - ((panels - 1) * Padding.PanelWidth);
        var lastWidth = Padding.LastPanelWidth(n);
        var sums = panels > 1 || lastWidth == Padding.PanelWidth ? AddSums(Padding.PanelWidth) : "";
        var lastSums = lastWidth == Padding.PanelWidth ? sums : AddSums(lastWidth);
        var finish = HasEpilogue && (panels > 1 || lastColumns == Padding.PanelWidth) ? AddFinish(library, Padding.PanelWidth) : "";
        var lastFinish = HasEpilogue ? lastColumns == Padding.PanelWidth ? finish : AddFinish(library, lastColumns) : "";
        return library.Add(_sparse is not null ? $"Sparse{k}x{n}" : Accumulates ? $"Gradient{m}x{n}" : _contract.TurnsColumns ? $"Turned{k}x{n}" : $"Product{k}x{n}", summary, Signature, WriteKernel);

        string AddSums(int width) => _sparse is not null ? AddSparse(width) : library.AddPart(
            Accumulates ? $"GradientPanel{width}" : $"Panel{k}x{width}",
            Accumulates
                ? $"c[m, n] = Σ a[k, m] · b[k, n] for a panel of {width} columns n: tiles of rows in registers"
                : $"c[m, n] = Σ a[m, k] · b[k, n], k < {k}, for a panel of {width} columns n: tiles of rows in registers",
            (writer, dialect) => new TileEmitter(Matrices(width), writer, dialect).Write());

        string AddSparse(int width) => library.AddPart(
            $"SparsePanel{k}x{width}",
            $"c[m, n] = Σ a[m, k] · b[k, n], k < {k}, for a panel of {width} columns n, over the {_sparse![0].NonZeros} weights that are not zero",
            (writer, dialect) => new SparseEmitter(_sparse.Single(matrix => matrix.Lanes == dialect.Lanes), _rowStride, _sums.Stride, width, writer, dialect).Write());

        void WriteKernel(SourceWriter writer, VectorDialect dialect)
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}({Signature})"))
            {
                if (Accumulates)
                {
                    WriteCalls();
                }
                else
                {
                    using (writer.Braces("for (var panel = firstPanel; panel < firstPanel + panels; panel++)"))
                    {
                        if (_contract.TurnsColumns)
                        {
                            writer.Line($"Views.TurnPanel(bAddress, {k}, {n}, (int)panel, scratch);");
                        }

                        WriteCalls();
                    }
                }
            }

            void WriteCalls()
            {
                WriteForPanel<(string Sums, string Finish)>(
                    writer, panels, "panel", (sums, finish), (lastSums, lastFinish), methods => WritePair(methods.Sums, methods.Finish));
            }

            void WritePair(string panel, string epilogue)
            {
                writer.Line(CallSums(panel));
                if (HasEpilogue)
                {
                    writer.Line(CallEpilogue(epilogue, "rows"));
                }
            }
        }
    }

    /// <summary>What is done with a panel: the last may have methods of its own, being narrower.</summary>
    private static void WriteForPanel<T>(SourceWriter writer, int panels, string panel, T full, T last, Action<T> write)
    {
        if (panels == 1 || EqualityComparer<T>.Default.Equals(full, last))
        {
            write(last);
            return;
        }

        using (writer.Braces($"if ({panel} < {panels - 1})"))
        {
            write(full);
        }

        using (writer.Braces("else"))
        {
            write(last);
        }
    }

    private string AddFinish(KernelLibrary library, int columns) => Pooled is not null ? AddPooled(library, columns) : library.AddPart(
        $"Finish{columns}", $"what follows the sums of a panel of {columns} columns", (writer, dialect) => WriteEpilogue(writer, dialect, columns));

    /// <summary>The three matrices in memory, for a panel of so many columns.</summary>
    private PanelMatrices Matrices(int width) => new(
        _rowStride, _depthStride, _columnStride ?? width, Accumulates ? width : _sums.Stride, width, _contract.K, Accumulates);

    private string CallSums(string method)
    {
        var a = At("a", Scaled("firstRow", _rowStride));
        if (_sparse is not null)
        {
            return $"{method}({a}, {At("b", "0")}, {AtRow(_operands.Items[2])}, rows, panel);";
        }

        var b = _contract.TurnsColumns ? "ref Address.ToRef(scratch)" : At("b", Scaled("panel", _contract.ReadsWeights ? 32 * _contract.K!.Value : 32));

        // The address of a gradient is that of the first row of this very panel.
        return Accumulates
            ? $"{method}({a}, {b}, {At("c", "0")}, accumulate, depth, {_depthStride}, {_columnStride}, rows);"
            : $"{method}({a}, {b}, {AtRow(_operands.Items[2])}, rows);";
    }

    private string CallEpilogue(string method, string rows) =>
        $"{method}({string.Join(", ", EpilogueItems.Select(AtRow))}, {rows}{RowEmitter.Strides(EpilogueItems)});";

    /// <summary>What the epilogue touches: the sums and its own operands, which a factor of the product can be too.</summary>
    private IEnumerable<(string Name, Node Node, Placement Placement)> EpilogueItems => _operands.Items.Where((item, i) =>
        i >= 2 || _kernel.Epilogue.Reads.Any(node => ReferenceEquals(_operands.Plan[node], item.Placement)));

    private static string References(IEnumerable<(string Name, Node Node, Placement Placement)> items) =>
        string.Join(", ", items.Select(i => $"ref {(i.Node.Type == ElementType.Int32 ? "int" : "float")} {i.Name}"));

    private static string AtRow((string Name, Node Node, Placement Placement) item)
    {
        var first = item.Placement.Border?.Row("(nuint)sample", "(nuint)y") ?? "firstRow";
        var row = item.Node.Shape.HasBatch ? Scaled(first, item.Placement.StrideOf(item.Node)) : "0";
        var panel = Scaled("panel", 32);
        return At(item.Name, item.Node.Shape.Last.Size == 1 ? row : row == "0" ? panel : $"({row}) + ({panel})");
    }

    private static string At(string name, string offset) => offset == "0"
        ? $"ref Address.ToRef({name}Address)"
        : $"ref Unsafe.Add(ref Address.ToRef({name}Address), {offset})";

    private static string Scaled(string count, int factor) => factor switch { 0 => "0", 1 => count, _ => $"{count} * {factor}" };

    /// <summary>What is done with the sums of a panel: a loop over its rows.</summary>
    private void WriteEpilogue(SourceWriter writer, VectorDialect dialect, int columns)
    {
        var items = EpilogueItems.ToList();
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}({References(items)}, nuint rows{RowEmitter.StrideParameters(items)})"))
        {
            RowEmitter.FirstRows(writer, items, "0", _contract.Result.Shape);
            using (writer.Braces("for (nuint row = 0; row < rows; row++)"))
            {
                WriteRow();
                RowEmitter.NextRows(writer, items, _contract.Result.Shape);
            }
        }

        void WriteRow()
        {
            var values = new RowValues(writer, dialect, _kernel.Epilogue, _operands);
            if (columns == 1 && _contract.N == 1)
            {
                values.SetScalar(_contract.Result, values.Emitter.Declare(dialect.Broadcast($"Unsafe.Add(ref {_c}, cRow)")));
                _kernel.Writes.ForEach(values.StoreScalar);
                return;
            }

            // Whole vectors two by two; what is left of the columns by itself.
            values.ComputeScalars(_kernel.Writes);
            var whole = columns / 16 * 16;
            var step = Math.Min(whole, 2 * dialect.Lanes);
            if (whole > step)
            {
                using (writer.Braces($"for (nuint column = 0; column < {whole}; column += {step})"))
                {
                    WriteBlock(values.By(2), 2, new RowValues.Block("column", step));
                }
            }
            else if (whole > 0)
            {
                WriteBlock(values.By(step / dialect.Lanes), step / dialect.Lanes, new RowValues.Block("0", step));
            }

            if (columns > whole)
            {
                WriteBlock(values, dialect.Parts, new RowValues.Block($"{whole}", columns - whole));
            }
        }

        void WriteBlock(RowValues values, int vectors, RowValues.Block block)
        {
            block.Values[_contract.Result] =
                [.. Enumerable.Range(0, vectors).Select(part => values.Emitter.Declare(dialect.Load(_c, block.Column == "0" && part == 0 ? "cRow" : $"cRow + {block.At(part * dialect.Lanes)}")))];
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
