using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Cuts a graph into kernels. A map joins the kernel that makes its operand when everything else it reads is there before that kernel
/// runs: bias and activation in a contraction's store, the derivative of an activation in the store of the gradient it scales, softmax
/// with its cross-entropy in one pass over a row. Windows that share no cell join the contraction whose lines they are over. What only sums
/// over all rows read is computed on the way to them and never stored.
/// </summary>
internal static class Fuse
{
    /// <param name="graph">A simplified graph.</param>
    /// <param name="enabled">False gives every node a kernel of its own, to compare with.</param>
    /// <param name="winograd">Whether contractions that can are computed tile by tile.</param>
    /// <param name="pool">Whether windows may join the contraction whose lines they are over.</param>
    public static IReadOnlyList<Kernel> Run(Graph graph, bool enabled = true, bool winograd = true, bool pool = true)
    {
        var kernels = new List<Kernel>();
        var home = new Dictionary<Node, int>();
        var users = Users(graph);
        var read = new HashSet<Node>(graph.Nodes.Where(node => node.Operation is not ReshapeOperation).SelectMany(node => node.Operands).Select(Storage));
        var onTheWay = enabled ? OnTheWayToColumnSums(graph) : [];
        foreach (var node in SharedFirst(graph))
        {
            if (node.Operation is InputOperation { Role: InputRole.OutputGradient })
            {
                // The user gives it when the forward pass is over: what needs it joins no kernel before.
                home[node] = kernels.Count;
            }

            if (node.Operation is not (InputOperation or ParameterOperation or ConstantOperation or ReshapeOperation or StopGradientOperation or StateWriteOperation)
                && !MatrixContract.IsTurnedWeight(node)
                && !onTheWay.Contains(node))
            {
                home[node] = Place(node);
            }
        }

        var asked = new HashSet<Node>(graph.Outputs.Select(output => Storage(output.Value)));
        foreach (var kernel in kernels)
        {
            var inside = new HashSet<Node>(kernel.Nodes);
            kernel.Writes.AddRange(kernel.Nodes.Where(node => asked.Contains(node) || users[node].Any(user => !inside.Contains(user))));
        }

        return WritesLast(graph, kernels);

        int Place(Node node)
        {
            switch (node.Operation)
            {
                case ContractOperation when ChannelWindow.Of(node) is not null:
                    return AddRow(node, node.Shape.Last.Size);
                case ContractOperation:
                    var matrices = MatrixContract.Of(node);
                    return Add(new ContractKernel(matrices) { Tiles = winograd && matrices.Windows is { } windows ? WinogradTiles.Of(windows) : null });
                case MapOperation when IsRow(node) && node.Operands.Count > 0:
                    return JoinShared(node);
                case MapOperation when !node.Shape.HasBatch:
                    return Add(new NodeKernel(node));
                case ReduceOperation when IsColumnSum(node):
                    return JoinSum(node);
                case ReduceOperation { Axes: var axes } when axes.Count > 1 || axes[0] != node.Shape.Rank - 1:
                    throw new NotSupportedException($"A reduction over these axes has no kernel: {node}");
                case MapOperation or ReduceOperation:
                    return Join(node);
                case PoolOperation or PoolGradientOperation:
                    return JoinLines(node) ?? Add(new PoolKernel(node));
                case SliceOperation or PadOperation when node.Shape.HasBatch:
                    return JoinBox(node);
                default:
                    return Add(new NodeKernel(node));
            }
        }

        int Add(Kernel kernel)
        {
            kernels.Add(kernel);
            return kernels.Count - 1;
        }

        int AddRow(Node node, int columns)
        {
            var kernel = new RowKernel(columns);
            kernel.Program.Nodes.Add(node);
            return Add(kernel);
        }

        int Join(Node node)
        {
            var columns = ColumnsOf(node);
            var latest = node.Operands.Select(HomeOf).Append(-1).Max();
            if (enabled && latest >= 0 && latest < kernels.Count && Program(kernels[latest]) is { } program && Fits(node, columns, kernels[latest], program))
            {
                program.Nodes.Add(node);
                return latest;
            }

            return AddRow(node, columns);
        }

        // Only the last value of a box is in memory.
        int JoinBox(Node node)
        {
            var x = node.Operands[0];
            return enabled && home.TryGetValue(x, out var index) && index < kernels.Count && kernels[index] is BoxKernel box && box.Result == x
                && users[x].Distinct().Count() == 1 && graph.Outputs.All(output => output.Value != x) && box.TryAdd(node)
                ? index
                : Add(new BoxKernel(node));
        }

        // Lines that only windows read need not be in memory.
        int? JoinLines(Node node)
        {
            var x = node.Operands[0];
            if (enabled && pool && node.Operation is PoolOperation && home.TryGetValue(x, out var index) && index < kernels.Count
                && kernels[index] is ContractKernel lines && lines.Nodes.Last() == x
                && lines.Nodes.All(made => users[made].All(user => user == node || lines.Nodes.Contains(user)) && graph.Outputs.All(output => output.Value != made))
                && PooledLines.Of(node, lines) is { } pooled)
            {
                lines.Pooled = pooled;
                return index;
            }

            return null;
        }

        // A row that all samples share joins what it has an operand in common with. Others stay apart: then layers of one kind are one text.
        int JoinShared(Node node)
        {
            var latest = node.Operands.Select(HomeOf).Append(0).Max();
            var columns = node.Shape.Last.Size;
            for (var index = latest; enabled && index < kernels.Count; index++)
            {
                if (kernels[index] is RowKernel { Program: { IsShared: true } program } && (columns == program.Columns || columns == 1)
                    && node.Operands.Any(o => program.Computes(Storage(o)) || (o.Operation is not ConstantOperation && program.Reads.Contains(o))))
                {
                    program.Nodes.Add(node);
                    return index;
                }
            }

            return AddRow(node, columns);
        }

        // Sums over the same rows share a pass over them, but for gradients that nothing else reads: those may have to wait for the last
        // reader of their parameter, and the others may not.
        int JoinSum(Node sum)
        {
            var maps = new List<Node>();
            AddMaps(sum.Operands[0]);
            var (columns, rows) = (sum.Shape.Last.Size, Rows(sum.Operands[0]));
            var first = maps.SelectMany(map => map.Operands).Append(sum.Operands[0]).Where(o => !maps.Contains(o)).Max(FirstAfter);
            var index = enabled
                ? kernels.FindIndex(first, k => k is ColumnSumKernel other && other.Program.Columns == columns && other.RowsPerSample == rows
                    && maps.Append(sum).All(node => CountsAs(node, other.Sums[0])) && other.IsOfEachSample == sum.Shape.HasBatch && IsOnlyGradient(other.Sums[0]) == IsOnlyGradient(sum))
                : -1;
            index = index < 0 ? Add(new ColumnSumKernel(columns, rows, sum.Shape.HasBatch)) : index;
            var kernel = (ColumnSumKernel)kernels[index];
            kernel.Program.Nodes.AddRange(maps.Except(kernel.Program.Nodes));
            kernel.Sums.Add(sum);
            return index;

            void AddMaps(Node node)
            {
                if (onTheWay.Contains(node) && !maps.Contains(node))
                {
                    foreach (var operand in node.Operands)
                    {
                        AddMaps(operand);
                    }

                    maps.Add(node);
                }
            }
        }

        int FirstAfter(Node node) => Storage(node).Operation is InputOperation ? Math.Max(0, HomeOf(node)) : HomeOf(node) + 1;

        bool IsOnlyGradient(Node sum) => !read.Contains(sum);

        int HomeOf(Node node) => home.TryGetValue(Storage(node), out var index) ? index : -1;

        // The epilogue of a contraction sees a part of each row, so it cannot reduce rows. Beside a row there may be single numbers of it.
        static bool Fits(Node node, int columns, Kernel kernel, RowProgram program) => kernel is RowKernel
            ? !program.IsShared && Rows(node) == Rows(program.Nodes[0]) && (columns == program.Columns || columns == 1) && CountsAs(node, program.Nodes[0])
            : node.Operation is MapOperation && node.Shape == program.Source!.Shape && (kernel is PoolKernel || node.Operands.All(o => !Repeats(o, node)));

        // Rows are counted along the axes of a kernel's first node: what repeats along some of them has to have the same.
        static bool CountsAs(Node node, Node first)
        {
            var (own, others) = (Counted(node), Counted(first));
            return own.Shape.Sample.Take(own.Shape.Rank - 2).SequenceEqual(others.Shape.Sample.Take(others.Shape.Rank - 2))
                || node.Operands.All(o => !o.Shape.HasBatch || Rows(o) == 1 || Rows(o) == Rows(own));
        }

        static Node Counted(Node node) => node.Operation is ReduceOperation ? node.Operands[0] : node;

        // The epilogue of a contraction counts rows from wherever its panel begins.
        static bool Repeats(Node operand, Node node) => operand.Shape.HasBatch && Rows(operand) != Rows(node);
    }

    /// <summary>The node whose memory a value is in: reshapes have none of their own.</summary>
    public static Node Storage(Node node) => node.Operation is ReshapeOperation or StopGradientOperation or StateWriteOperation ? Storage(node.Operands[0]) : node;

    /// <summary>Rows of one sample.</summary>
    public static int Rows(Node node) => node.Shape.ConstantSize / node.Shape.Last.Size;

    /// <summary>The columns of the rows that a map or reduction works on.</summary>
    private static int ColumnsOf(Node node) => (node.Operation is ReduceOperation ? node.Operands[0] : node).Shape.Last.Size;

    private static RowProgram? Program(Kernel kernel) => kernel switch
    {
        RowKernel row => row.Program,
        ContractKernel { Pooled: { } pooled } => pooled.Pool.Epilogue,
        ContractKernel { Contract.GivesWeights: false } contract => contract.Epilogue,
        PoolKernel { HasEpilogue: true } pool => pool.Epilogue,
        _ => null,
    };

    /// <summary>A row that does not depend on the samples: one number for each channel.</summary>
    private static bool IsRow(Node node) => !node.Shape.HasBatch && node.Shape.ConstantSize == node.Shape.Last.Size;

    /// <summary>A sum over all axes but the last, the batch among them or not. Along an axis of one element nothing is summed, whether it is said or not.</summary>
    private static bool IsColumnSum(Node node) =>
        node.Operation is ReduceOperation { Kind: ReduceKind.Sum, Axes: var axes }
        && node.Operands[0].Shape is { HasBatch: true, Rank: > 1 } shape
        && Enumerable.Range(1, shape.Rank - 1).All(axis => axes.Contains(axis) == (axis < shape.Rank - 1) || (shape[axis].IsOne && (axes.Contains(0) || axis < shape.Rank - 1)));

    private static ILookup<Node, Node> Users(Graph graph) =>
        graph.Nodes.SelectMany(user => user.Operands.Select(operand => (operand, user))).ToLookup(use => use.operand, use => use.user);

    /// <summary>The maps whose every user is a sum over rows, or a map of the same kind.</summary>
    private static HashSet<Node> OnTheWayToColumnSums(Graph graph)
    {
        var found = new HashSet<Node>();
        var kept = new HashSet<Node>(graph.Outputs.Select(output => Storage(output.Value)));
        var users = Users(graph);
        foreach (var node in graph.Nodes.Reverse())
        {
            if (node.Operation is MapOperation && node.Shape.HasBatch && !kept.Contains(node) && users[node].Any()
                && users[node].All(user => IsColumnSum(user) || found.Contains(user)))
            {
                found.Add(node);
            }
        }

        return found;
    }

    /// <summary>The nodes in order, but maps of parameters alone first: then they part no map from the kernel that it could join.</summary>
    private static IEnumerable<Node> SharedFirst(Graph graph)
    {
        var shared = new HashSet<Node>();
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is ParameterOperation or ConstantOperation || (node.Operation is MapOperation && IsRow(node) && node.Operands.All(shared.Contains)))
            {
                shared.Add(node);
            }
        }

        return graph.Nodes.Where(shared.Contains).Concat(graph.Nodes.Where(node => !shared.Contains(node)));
    }

    /// <summary>
    /// The gradient of a parameter may be applied as soon as it is there, so its kernel comes after every kernel that reads the
    /// parameter; no later, while its operands are warm. So does the kernel that writes a tensor of state.
    /// </summary>
    private static List<Kernel> WritesLast(Graph graph, List<Kernel> kernels)
    {
        var order = kernels.ToList();
        var reads = kernels.ToDictionary(kernel => kernel, kernel => new HashSet<Node>(kernel.Reads));
        var makers = kernels.SelectMany(kernel => kernel.Nodes.Select(node => (kernel, node))).ToLookup(made => made.node, made => made.kernel);
        var states = graph.StateWrites.ToLookup(write => ((StateWriteOperation)write.Operation).State);
        foreach (var parameter in graph.Parameters)
        {
            var specification = ((ParameterOperation)parameter.Operation).Parameter;
            var name = Differentiate.GradientOf(specification.Name);
            var written = graph.Has(name) ? graph[name] : states[specification].FirstOrDefault();
            if (written is null)
            {
                continue;
            }

            var writer = makers[Storage(written)].First();
            var place = order.IndexOf(writer);
            var lastReader = order.FindLastIndex(kernel => reads[kernel].Contains(parameter));
            if (lastReader > place)
            {
                var made = new HashSet<Node>(writer.Nodes);
                if (order.Skip(place + 1).Take(lastReader - place).Any(kernel => reads[kernel].Any(read => made.Contains(Storage(read)))))
                {
                    throw new NotSupportedException($"{parameter} is read after what changes it, which cannot wait: {written}");
                }

                order.RemoveAt(place);
                order.Insert(lastReader, writer);
            }
        }

        return order;
    }
}
