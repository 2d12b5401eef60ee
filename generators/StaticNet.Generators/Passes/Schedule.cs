using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>A piece of a graph that one method computes.</summary>
internal abstract class Kernel
{
    /// <summary>Values from memory that the kernel reads.</summary>
    public abstract IEnumerable<Node> Reads { get; }

    /// <summary>Values that the kernel leaves in memory, because another kernel or the user reads them.</summary>
    public List<Node> Writes { get; } = [];

    /// <summary>What the kernel computes.</summary>
    public abstract IEnumerable<Node> Nodes { get; }
}

/// <summary>
/// Maps and reductions over the last axis that share their rows: one pass over a row for each level of reductions. With a
/// <see cref="Source"/>, the epilogue of the kernel that makes it.
/// </summary>
internal sealed class RowProgram(int columns, Node? source = null)
{
    public List<Node> Nodes { get; } = [];

    public int Columns { get; } = columns;

    /// <summary>The value that comes from the kernel itself instead of memory.</summary>
    public Node? Source { get; } = source;

    /// <summary>Whether its one row is the same for all samples: statistics of a channel, scales made from parameters.</summary>
    public bool IsShared => !Nodes[0].Shape.HasBatch;

    /// <summary>Rows of one sample.</summary>
    public int RowsPerSample => Fuse.Rows(Nodes[0].Operation is ReduceOperation ? Nodes[0].Operands[0] : Nodes[0]);

    public bool Computes(Node node) => node == Source || Nodes.Contains(node);

    public IEnumerable<Node> Reads =>
        Nodes.SelectMany(n => n.Operands).Where(o => !Computes(o) && o.Operation is not ConstantOperation).Distinct();
}

/// <summary>A contraction as a product of matrices, rows × columns with the vector lanes on the columns, and what is done with it at once.</summary>
internal sealed class ContractKernel(MatrixContract contract) : Kernel
{
    public MatrixContract Contract { get; } = contract;

    /// <summary>The tiles that it is computed by; null for plain sums.</summary>
    public WinogradTiles? Tiles { get; init; }

    public RowProgram Epilogue { get; } = new(contract.N, contract.Result);

    /// <summary>Windows over the lines of the result, whose values alone are in memory then; null for none.</summary>
    public PooledLines? Pooled { get; set; }

    public override IEnumerable<Node> Reads =>
        Epilogue.Reads.Concat(Pooled?.Pool.Epilogue.Reads ?? []).Concat([Contract.Rows, Contract.Columns]).Distinct();

    /// <summary>The contraction, or what the windows make of it.</summary>
    public Node Result => Pooled?.Pool.Pool ?? Contract.Result;

    public override IEnumerable<Node> Nodes => [Contract.Result, .. Epilogue.Nodes, .. Pooled?.Pool.Nodes ?? []];
}

/// <summary>Maps and reductions over rows.</summary>
internal sealed class RowKernel(int columns) : Kernel
{
    public RowProgram Program { get; } = new(columns);

    public override IEnumerable<Node> Reads => Program.Reads;

    public override IEnumerable<Node> Nodes => Program.Nodes;
}

/// <summary>
/// Sums over rows, those of all samples or those of each, of what maps make of each row: one sum for each column. Sums over the same
/// rows share a pass over them.
/// </summary>
internal sealed class ColumnSumKernel(int columns, int rowsPerSample, bool isOfEachSample) : Kernel
{
    /// <summary>Pieces that the rows are cut into, to be summed by several threads, where samples have several rows.</summary>
    public const int MaximumParts = 64;

    /// <summary>The maps on the way to the sums.</summary>
    public RowProgram Program { get; } = new(columns);

    public List<Node> Sums { get; } = [];

    public int RowsPerSample { get; } = rowsPerSample;

    /// <summary>Whether each sample has sums of its own.</summary>
    public bool IsOfEachSample { get; } = isOfEachSample;

    public override IEnumerable<Node> Reads =>
        Program.Reads.Concat(Sums.Select(sum => sum.Operands[0]).Where(operand => !Program.Computes(operand))).Distinct();

    public override IEnumerable<Node> Nodes => [.. Program.Nodes, .. Sums];
}

/// <summary>A kernel of one node: a copy, random numbers.</summary>
internal sealed class NodeKernel(Node node) : Kernel
{
    public Node Node { get; } = node;

    public override IEnumerable<Node> Reads => Node.Operands;

    public override IEnumerable<Node> Nodes => [Node];
}

/// <summary>Windows that slide over rows, or their gradient, and what is done with each row of the result at once.</summary>
internal sealed class PoolKernel(Node node) : Kernel
{
    public Node Pool { get; } = node;

    public PoolShape Shape { get; } = PoolShape.Of(node);

    public RowProgram Epilogue { get; } = new(node.Shape.Last.Size, node);

    /// <summary>Whether each row of the result is made once, so that something can follow: windows that overlap gather their gradients.</summary>
    public bool HasEpilogue => Pool.Operation is PoolOperation || Shape.IsPartition;

    public override IEnumerable<Node> Reads => Pool.Operands.Concat(Epilogue.Reads).Distinct();

    public override IEnumerable<Node> Nodes => [Pool, .. Epilogue.Nodes];
}

/// <summary>Slices and pads, each of the one before, as one copy of a box.</summary>
internal sealed class BoxKernel(Node first) : Kernel
{
    private readonly List<Node> _nodes = [first];

    public BoxView View { get; private set; } = BoxView.Of(first);

    public override IEnumerable<Node> Reads => [View.Source];

    public override IEnumerable<Node> Nodes => _nodes;

    /// <summary>The last of them.</summary>
    public Node Result => _nodes[_nodes.Count - 1];

    /// <summary>Whether it only puts zeros around images [batch, height, width, channels].</summary>
    public bool IsBorder => View.Source.Operation is not ReshapeOperation && View.Axes.Count == 3 && View.Axes[2].IsWhole
        && View.Axes.All(range => range.From == 0 && range.Length == range.Source);

    /// <summary>The border that it puts around images, whose place with it is given.</summary>
    public ImageBorder Border(Placement around) => new(around, View.Axes[0].Target, View.Axes[1].Target, View.Axes[0].To, View.Axes[1].To);

    /// <summary>Adds a slice or a pad of the result, if the box is still lines of rows.</summary>
    public bool TryAdd(Node node)
    {
        var view = View.Then(node);
        if (view.AsRows() is null)
        {
            return false;
        }

        View = view;
        _nodes.Add(node);
        return true;
    }
}
