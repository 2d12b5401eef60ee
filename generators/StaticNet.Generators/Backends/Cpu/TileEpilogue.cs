using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// What follows the sums of a tile while they are in registers: bias, scale, a residual, a simple activation, row by row and vector by
/// vector. What takes more than a few operations is done in a loop over rows instead.
/// </summary>
/// <param name="kernel">The contraction with what follows it.</param>
/// <param name="operands">The memory it touches.</param>
/// <param name="writer">Where to.</param>
/// <param name="dialect">The width of vectors.</param>
/// <param name="columns">Columns of the panel that exist.</param>
internal sealed class TileEpilogue(ContractKernel kernel, Operands operands, SourceWriter writer, VectorDialect dialect, int columns)
{
    /// <summary>Terms of a sum beside which the time of what follows counts, and its text does not.</summary>
    private const int LongestSum = 128;

    /// <summary>Operations that are written out for every row of a tile.</summary>
    private const int MostOperations = 12;

    private readonly SourceWriter _statements = new();
    private ExpressionEmitter? _emitter;

    /// <summary>Whether what follows a contraction can be done so: sums of a single chain, whole rows, few operations.</summary>
    public static bool Fits(ContractKernel kernel) =>
        kernel.Contract is { N: > 1, K: <= LongestSum }
        && kernel.Epilogue.Reads.All(read => read.Type == ElementType.Float32 && read.Shape.Last.Size == kernel.Contract.N)
        && kernel.Epilogue.Nodes.TrueForAll(node => node.Operation is MapOperation { Body: var body } && Parts(body).All(IsSimple))
        && kernel.Epilogue.Nodes.Sum(node => Parts(((MapOperation)node.Operation).Body).Count(part => part is Binary or Select)) <= MostOperations;

    /// <summary>Vectors that all rows share.</summary>
    public int SharedVectors => kernel.Epilogue.Reads.Count(read => !read.Shape.HasBatch);

    /// <summary>Declares the vectors that all rows share.</summary>
    /// <param name="column">Where the vector begins in the panel.</param>
    public IReadOnlyDictionary<Node, string> Shared(string column)
    {
        var shared = kernel.Epilogue.Reads.Where(read => !read.Shape.HasBatch)
            .ToDictionary(Fuse.Storage, read => Emitter.Declare(dialect.Load(operands.Read(read), column)));
        Flush();
        return shared;
    }

    /// <summary>Writes what is done with the sums of a row in one line.</summary>
    /// <param name="sum">The register that has them.</param>
    /// <param name="shared">What all rows share.</param>
    /// <param name="lane">The first column, in the panel.</param>
    /// <param name="place">Where a value's row is, behind which reference.</param>
    public void Store(string sum, IReadOnlyDictionary<Node, string> shared, int lane, Func<string, Node, Placement, (string Reference, string Offset)> place)
    {
        var values = new RowValues(_statements, dialect, kernel.Epilogue, operands, 1, Emitter, []);
        var block = new RowValues.Block("0", 16);
        block.Values[kernel.Contract.Result] = [sum];
        foreach (var read in kernel.Epilogue.Reads)
        {
            block.Values[Fuse.Storage(read)] = [read.Shape.HasBatch ? Load(read) : shared[Fuse.Storage(read)]];
        }

        foreach (var node in kernel.Writes)
        {
            var vector = values.Vectors(node, block)[0];
            foreach (var target in operands.Plan.Targets(node))
            {
                var (reference, offset) = place(operands.Write(node, target), node, target);
                RowValues.StorePart(_statements, dialect, vector, reference, offset, columns - lane, target.IsPaddedFor(node));
            }
        }

        Flush();

        string Load(Node read)
        {
            var (reference, offset) = place(operands.Read(read), read, operands.Plan[read]);
            return Emitter.Declare(RowValues.LoadPart(
                dialect, reference, offset, columns - lane, operands.Plan[read].IsPaddedFor(read)));
        }
    }

    private ExpressionEmitter Emitter => _emitter ??= new(_statements, dialect);

    private void Flush()
    {
        var statements = _statements.Take();
        if (statements.Length > 0)
        {
            writer.Line(string.Join(" ", statements.TrimEnd('\n').Split('\n')));
        }
    }

    private static IEnumerable<ScalarExpression> Parts(ScalarExpression expression) => expression.Children.SelectMany(Parts).Prepend(expression);

    private static bool IsSimple(ScalarExpression expression) => expression switch
    {
        Operand or Literal or Select => true,
        Binary { Function: not BinaryFunction.Divide } => true,
        _ => false,
    };
}
