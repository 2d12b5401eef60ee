using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Cuts a graph into kernels. A map joins the kernel that makes its operand when everything else it reads is there before that kernel
/// runs: bias and activation in a contraction's store, the derivative of an activation in the store of the gradient it scales, softmax
/// with its cross-entropy in one pass over a row.
/// </summary>
internal static class Fuse
{
    /// <param name="graph">A simplified graph.</param>
    /// <param name="enabled">False gives every node a kernel of its own, to compare with.</param>
    public static IReadOnlyList<Kernel> Run(Graph graph, bool enabled = true)
    {
        var kernels = new List<Kernel>();
        var home = new Dictionary<Node, int>();
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is InputOperation or ParameterOperation or ConstantOperation or ReshapeOperation or StopGradientOperation)
            {
                continue;
            }

            var index = Place(node);
            home[node] = index;
        }

        foreach (var kernel in kernels)
        {
            kernel.Writes.AddRange(kernel.Nodes.Where(node => IsRead(node, kernel)));
        }

        return GradientsLast(graph, kernels);

        int Place(Node node)
        {
            switch (node.Operation)
            {
                case ContractOperation:
                    return Add(new ContractKernel(MatrixContract.Of(node)));
                case MapOperation when !node.Shape.HasBatch:
                case ReduceOperation { Axes: var axes } when axes.Contains(0):
                    return Add(new NodeKernel(node));
                case MapOperation or ReduceOperation:
                    return Join(node);
                case PoolOperation or PoolGradientOperation:
                    return Add(new PoolKernel(node));
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

        int Join(Node node)
        {
            var columns = ColumnsOf(node);
            var latest = node.Operands.Select(HomeOf).Append(-1).Max();
            if (enabled && latest >= 0 && Program(kernels[latest]) is { } program && Fits(node, columns, kernels[latest], program))
            {
                program.Nodes.Add(node);
                return latest;
            }

            var kernel = new RowKernel(columns);
            kernel.Program.Nodes.Add(node);
            return Add(kernel);
        }

        // Only the last value of a box is in memory.
        int JoinBox(Node node)
        {
            var x = node.Operands[0];
            return enabled && home.TryGetValue(x, out var index) && kernels[index] is BoxKernel box && box.Result == x
                && graph.Nodes.Count(user => user.Operands.Contains(x)) == 1 && graph.Outputs.All(output => output.Value != x) && box.TryAdd(node)
                ? index
                : Add(new BoxKernel(node));
        }

        int HomeOf(Node node) => home.TryGetValue(Storage(node), out var index) ? index : -1;

        // The epilogue of a contraction sees a part of each row, so it cannot reduce rows. Beside a row there may be single numbers of it.
        static bool Fits(Node node, int columns, Kernel kernel, RowProgram program) => kernel is RowKernel
            ? Rows(node) == Rows(program.Nodes[0]) && (columns == program.Columns || columns == 1)
            : node.Operation is MapOperation && node.Shape == program.Source!.Shape;

        static int Rows(Node node) => node.Shape.ConstantSize / node.Shape.Last.Size;

        bool IsRead(Node node, Kernel kernel) =>
            graph.Outputs.Any(output => Storage(output.Value) == node)
            || graph.Nodes.Any(user => user.Operands.Contains(node) && (!kernel.Nodes.Contains(user)));
    }

    /// <summary>The node whose memory a value is in: reshapes have none of their own.</summary>
    public static Node Storage(Node node) => node.Operation is ReshapeOperation or StopGradientOperation ? Storage(node.Operands[0]) : node;

    /// <summary>The columns of the rows that a map or reduction works on.</summary>
    private static int ColumnsOf(Node node) => (node.Operation is ReduceOperation ? node.Operands[0] : node).Shape.Last.Size;

    private static RowProgram? Program(Kernel kernel) => kernel switch
    {
        RowKernel row => row.Program,
        ContractKernel { Contract.GivesWeights: false } contract => contract.Epilogue,
        PoolKernel { HasEpilogue: true } pool => pool.Epilogue,
        _ => null,
    };

    /// <summary>
    /// The gradient of a parameter may be applied as soon as it is there, so its kernel comes after every kernel that reads the
    /// parameter; no later, while its operands are warm.
    /// </summary>
    private static List<Kernel> GradientsLast(Graph graph, List<Kernel> kernels)
    {
        var order = kernels.ToList();
        foreach (var parameter in graph.Parameters)
        {
            var name = Differentiate.GradientOf(((ParameterOperation)parameter.Operation).Parameter.Name);
            if (!graph.Has(name))
            {
                continue;
            }

            var gradient = kernels.First(k => k.Nodes.Contains(Storage(graph[name])));
            var place = order.IndexOf(gradient);
            var lastReader = order.FindLastIndex(k => k.Reads.Contains(parameter));
            if (lastReader > place)
            {
                order.RemoveAt(place);
                order.Insert(lastReader, gradient);
            }
        }

        return order;
    }
}
