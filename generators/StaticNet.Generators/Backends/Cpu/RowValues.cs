using System.Globalization;
using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// The values of a <see cref="RowProgram"/> at one row: loads operands and computes maps when they are first asked for, a block of 16
/// columns at a time. A value with one column is the same in every lane.
/// </summary>
/// <param name="parts">Vectors of a block to compute: all, unless a kernel takes them one by one.</param>
internal sealed class RowValues(
    SourceWriter writer, VectorDialect dialect, RowProgram program, Operands operands, int parts, ExpressionEmitter emitter, Dictionary<Node, string> scalars)
{
    private readonly ExpressionEmitter _emitter = emitter;
    private readonly Dictionary<Node, string> _scalars = scalars;

    public RowValues(SourceWriter writer, VectorDialect dialect, RowProgram program, Operands operands)
        : this(writer, dialect, program, operands, dialect.Parts)
    {
    }

    public RowValues(SourceWriter writer, VectorDialect dialect, RowProgram program, Operands operands, int parts)
        : this(writer, dialect, program, operands, parts, new(writer, dialect), [])
    {
    }

    public ExpressionEmitter Emitter => _emitter;

    /// <summary>The same values at the same row, so many vectors of a block.</summary>
    public RowValues By(int vectors) => new(writer, dialect, program, operands, vectors, _emitter, _scalars);

    /// <summary>One block of columns: what is known of it so far.</summary>
    /// <param name="Column">The first column, as an expression.</param>
    /// <param name="Valid">How many of the 16 columns exist.</param>
    internal sealed record Block(string Column, int Valid)
    {
        public Dictionary<Node, string[]> Values { get; private init; } = [];

        /// <summary>Another block of the same columns, of which as much is known.</summary>
        public Block Copy() => this with { Values = new(Values) };

        /// <summary>The offset of one of the block's vectors.</summary>
        public string At(int lane) => (Column, lane) switch
        {
            (_, 0) => Column,
            _ when int.TryParse(Column, NumberStyles.None, CultureInfo.InvariantCulture, out var column) => $"{column + lane}",
            _ => $"{Column} + {lane}",
        };
    }

    /// <summary>Where a kernel of rows writes a value: a gradient is handed on from where the value is kept.</summary>
    public static IEnumerable<Placement> Places(Operands operands, Node node) =>
        operands.Plan.Targets(node).Where(target => target.Kind != PlacementKind.Gradient);

    /// <summary>Begins a row: forgets the last one's values.</summary>
    public void BeginRow() => _scalars.Clear();

    /// <summary>Sets a value that a reduction has given.</summary>
    public void SetScalar(Node node, string vector) => _scalars[node] = vector;

    /// <summary>Whether a value is the same in all columns of the program.</summary>
    public static bool IsScalar(Node node) => node.Shape.Last.Size == 1;

    /// <summary>A value of one column, in every lane of a vector.</summary>
    public string Scalar(Node node)
    {
        var key = Fuse.Storage(node);
        if (!_scalars.TryGetValue(key, out var name))
        {
            _scalars[key] = name = node.Operation switch
            {
                ConstantOperation constant => _emitter.Number(constant.Value),
                MapOperation map when program.Computes(node) => _emitter.Write(map.Body, [.. node.Operands.Select(Scalar)], _ => dialect.Zero),
                ReduceOperation when program.Computes(node) => Scalar(node.Operands[0]),
                ContractOperation when program.Computes(node) && ChannelWindow.Of(node) is { } window => Scalar(window.X), // the only channel
                _ when key != node && program.Computes(key) => Scalar(key),
                _ => _emitter.Declare(LoadScalar(node)),
            };
        }

        return name;
    }

    /// <summary>Computes all values of one column that these values need.</summary>
    public void ComputeScalars(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            if (IsScalar(node))
            {
                Scalar(node);
            }
            else if (Fuse.Storage(node) is { Operation: MapOperation } map && program.Computes(map))
            {
                ComputeScalars(map.Operands);
            }
        }
    }

    /// <summary>The vectors of a value in a block.</summary>
    public string[] Vectors(Node node, Block block)
    {
        if (IsScalar(node))
        {
            return [.. Enumerable.Repeat(Scalar(node), parts)];
        }

        var key = Fuse.Storage(node);
        if (!block.Values.TryGetValue(key, out var names))
        {
            if (key.Operation is MapOperation map && program.Computes(key))
            {
                var vectors = key.Operands.Select(o => Vectors(o, block)).ToArray();
                names = [.. Enumerable.Range(0, parts).Select(part => _emitter.Write(map.Body, [.. vectors.Select(v => v[part])], _ => Index(block, part)))];
            }
            else if (program.Computes(key) && ChannelWindow.Of(key) is { } window)
            {
                names = [.. Enumerable.Range(0, parts).Select(part => Sum(window, block, part))];
            }
            else
            {
                names = [.. Enumerable.Range(0, parts).Select(part => _emitter.Declare(Load(node, block, part)))];
            }

            block.Values[key] = names;
        }

        return names;
    }

    /// <summary>Writes a value's vectors, with zeros in the lanes of columns that do not exist.</summary>
    public void Store(Node node, Block block, Placement target, string reference)
    {
        var vectors = Vectors(node, block);
        var padded = target.IsPaddedFor(node);
        for (var part = 0; part < parts; part++)
        {
            StorePart(
                writer, dialect, vectors[part], reference, Offset(node, reference, block.At(part * dialect.Lanes)),
                block.Valid - (part * dialect.Lanes), padded);
        }
    }

    /// <summary>Writes a vector of which only the first lanes may exist, with zeros in the others where rows have room for them.</summary>
    public static void StorePart(
        SourceWriter writer, VectorDialect dialect, string vector, string reference, string offset, int valid, bool padded)
    {
        if (valid >= dialect.Lanes)
        {
            writer.Line($"{vector}.StoreUnsafe(ref {reference}, {offset});");
        }
        else if (padded)
        {
            writer.Line($"{(valid <= 0 ? dialect.Zero : $"VectorParts.KeepFirst({vector}, {valid})")}.StoreUnsafe(ref {reference}, {offset});");
        }
        else if (valid > 0)
        {
            writer.Line($"VectorParts.StoreFirst({vector}, {valid}, ref Unsafe.Add(ref {reference}, {offset}));");
        }
    }

    /// <summary>Reads a vector of which only the first lanes may exist; the others are zero.</summary>
    public static string LoadPart(VectorDialect dialect, string reference, string offset, int valid, bool padded) =>
        valid >= dialect.Lanes || padded ? dialect.Load(reference, offset)
        : valid <= 0 ? dialect.Zero
        : $"VectorParts.LoadFirst{dialect.Bits}(ref Unsafe.Add(ref {reference}, {offset}), {valid})";

    /// <summary>Writes a value of one column.</summary>
    public void StoreScalar(Node node)
    {
        var value = Scalar(node);
        foreach (var target in Places(operands, node))
        {
            var reference = operands.Write(node, target);
            if (!target.IsPaddedFor(node))
            {
                writer.Line($"Unsafe.Add(ref {reference}, {Offset(node, reference, "0")}) = {dialect.Class}.ToScalar({value});");
                continue;
            }

            for (var part = 0; part < dialect.Parts; part++)
            {
                var place = Offset(node, reference, $"{part * dialect.Lanes}");
                writer.Line($"{(part == 0 ? $"VectorParts.KeepFirst({value}, 1)" : dialect.Zero)}.StoreUnsafe(ref {reference}, {place});");
            }
        }
    }

    /// <summary>Where a column of the current row is.</summary>
    public static string Offset(Node node, string reference, string column) =>
        node.Shape.HasBatch ? (column == "0" ? $"{reference}Row" : $"{reference}Row + {column}") : column;

    private string Load(Node node, Block block, int part)
    {
        var reference = operands.Read(node);
        return LoadPart(
            dialect, reference, Offset(node, reference, block.At(part * dialect.Lanes)), block.Valid - (part * dialect.Lanes),
            operands.Plan[node].IsPaddedFor(node));
    }

    /// <summary>The sum of a vector and its neighbours, in order; they are read again, one lane further each.</summary>
    private string Sum(ChannelWindow window, Block block, int part)
    {
        var reference = operands.Read(window.X);
        string? sum = null;
        for (var distance = -window.Before; distance <= window.After; distance++)
        {
            if (Neighbour(distance) is { } next)
            {
                sum = sum is null ? _emitter.Declare(next) : _emitter.Declare($"{sum} + {next}");
            }
        }

        return sum ?? dialect.Zero;

        string? Neighbour(int distance)
        {
            if (!int.TryParse(block.Column, NumberStyles.None, CultureInfo.InvariantCulture, out var column))
            {
                var lane = (part * dialect.Lanes) + distance;
                return dialect.Load(reference, Offset(window.X, reference, lane < 0 ? $"{block.Column} - {-lane}" : block.At(lane)));
            }

            // At both ends of a row some lanes have no neighbour.
            var first = column + (part * dialect.Lanes) + distance;
            var existing = window.X.Shape.Last.Size - first;
            return existing <= 0 || first <= -dialect.Lanes ? null
                : first >= 0 ? LoadPart(dialect, reference, Offset(window.X, reference, $"{first}"), existing, padded: false)
                : dialect.MoveUp(_emitter.Declare(LoadPart(dialect, reference, Offset(window.X, reference, "0"), existing + first, padded: false)), -first);
        }
    }

    private string LoadScalar(Node node)
    {
        var reference = operands.Read(node);
        var element = $"Unsafe.Add(ref {reference}, {Offset(node, reference, "0")})";
        return dialect.Broadcast(node.Type == ElementType.Int32 ? $"(float){element}" : element);
    }

    private string Index(Block block, int part)
    {
        var first = $"(float)({block.At(part * dialect.Lanes)})";
        return $"{dialect.Class}.CreateSequence({first}, 1f)";
    }
}
