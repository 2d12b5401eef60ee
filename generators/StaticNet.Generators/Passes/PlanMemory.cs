using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Gives every value that crosses from one kernel to another a place. Values whose lifetimes do not meet share the work area.
/// </summary>
internal static class PlanMemory
{
    /// <param name="graph">The graph that was cut.</param>
    /// <param name="kernels">Its kernels in order.</param>
    /// <param name="reuse">False gives every value its own place, to compare with.</param>
    public static MemoryPlan Run(Graph graph, IReadOnlyList<Kernel> kernels, bool reuse = true)
    {
        var plan = new MemoryPlan();
        var spaces = graph.Nodes.ToLookup(Fuse.Storage);
        foreach (var node in graph.Nodes)
        {
            if (Given(graph, node) is { } buffer)
            {
                plan.Add(node, buffer);
            }
        }

        var live = new List<(int Start, int End, int Floats, Placement Placement)>();
        for (var i = 0; i < kernels.Count; i++)
        {
            var kernel = kernels[i];
            foreach (var node in kernel.Writes)
            {
                var asked = Asked(graph, node);
                var readers = Enumerable.Range(0, kernels.Count).Where(k => k != i && kernels[k].Reads.Any(r => Fuse.Storage(r) == node)).ToList();
                if (readers.Count > 0 || (kernel is RowKernel or ColumnSumKernel { RowsPerSample: 1, Sums.Count: > 1 } ? asked.TrueForAll(p => p.Kind == PlacementKind.Gradient) : asked.Count == 0))
                {
                    Reserve(node, i, readers.Append(i).Max());
                }

                asked.ForEach(buffer => plan.Add(node, buffer));
            }

            var targets = kernel.Writes.SelectMany(node => plan.Targets(node).Select(target => (node, target))).ToList();
            if (targets.Count > 1)
            {
                foreach (var (node, unwanted) in targets.Where(t => t.target.Kind == PlacementKind.InputGradient))
                {
                    unwanted.Spare = Place(Packed(node), Floats(node, unwanted), i, i);
                }
            }

            if (kernel is ColumnSumKernel { RowsPerSample: > 1, IsOfEachSample: false } columnSums)
            {
                foreach (var sum in columnSums.Sums)
                {
                    plan.SetSums(sum, Place(new Placement(PlacementKind.Fixed, 0, 0, Padded: true), ColumnSumKernel.MaximumParts * Padding.To16(sum.Shape.Last.Size), i, i));
                }
            }

            if (kernel is ContractKernel { Tiles: { } tiles, Contract: { N: var columns, Result: var tiled, GivesWeights: var isGradient } })
            {
                var floats = WinogradTiles.Floats(tiles.Channels, columns) * (isGradient ? WinogradTiles.MaximumParts : 1);
                plan.SetPoints(tiled, Place(new Placement(PlacementKind.Fixed, 0, 0, Padded: true), floats, i, i));
            }

            // Sums need rows that end in whole vectors; where no value of the kernel has such rows, they gather in rows of their own.
            if (kernel is ContractKernel { Contract: { GivesWeights: false, Result: var sums } })
            {
                var rows = kernel.Writes.SelectMany(plan.Targets).FirstOrDefault(p => p.Kind == PlacementKind.Arena && p.Padded);
                plan.SetSums(sums, rows ?? Place(Rows(sums), Floats(sums, Rows(sums)), i, i));
            }
        }

        return plan;

        void Reserve(Node node, int start, int end)
        {
            var placement = !node.Shape.HasBatch ? new Placement(PlacementKind.Fixed, 0, 0, Padded: true)
                : (node.Shape.Last.Size == 1 && !IsStreamed(node)) || IsImageOfFewChannels(node) || spaces[node].Any(n => n.Shape.Last != node.Shape.Last) ? Packed(node)
                : Rows(node);
            plan.Add(node, Place(placement, Floats(node, placement), start, end));
        }

        // The gradient of a weight matrix reads its columns by whole vectors, a single one too.
        bool IsStreamed(Node node) => kernels.OfType<ContractKernel>().Any(k => k.Contract.GivesWeights && Fuse.Storage(k.Contract.Columns) == node);

        // Windows read it element by element: rows of their own would make an image of three channels five times as large.
        bool IsImageOfFewChannels(Node node) => node.Shape.Last.Size < 16
            && kernels.Any(k => k is BoxKernel box && box.Result == node)
            && kernels.Where(k => k.Reads.Any(read => Fuse.Storage(read) == node))
                .All(k => k is ContractKernel { Contract: { Windows.IsDepthwise: false, Rows: var rows, Columns: var columns } } && rows == node && columns != node);

        Placement Place(Placement placement, int floats, int start, int end)
        {
            var offset = 0;
            foreach (var other in live.Where(l => l.Placement.Kind == placement.Kind && (!reuse || (l.Start <= end && start <= l.End))).OrderBy(l => l.Placement.Offset))
            {
                if (offset + floats > other.Placement.Offset)
                {
                    offset = Math.Max(offset, other.Placement.Offset + other.Floats);
                }
            }

            placement.Offset = offset;
            live.Add((start, end, floats, placement));
            if (placement.Kind == PlacementKind.Fixed)
            {
                plan.FixedFloats = Math.Max(plan.FixedFloats, offset + floats);
            }
            else
            {
                plan.SampleFloats = Math.Max(plan.SampleFloats, offset + floats);
            }

            return placement;
        }
    }

    /// <summary>Memory that a leaf is given in.</summary>
    private static Placement? Given(Graph graph, Node node) => node.Operation switch
    {
        InputOperation input => new Placement(
            input.Role switch
            {
                InputRole.Data => PlacementKind.Input,
                InputRole.Target => PlacementKind.Target,
                InputRole.SampleWeight => PlacementKind.SampleWeights,
                _ => PlacementKind.OutputGradient,
            },
            input.Ordinal,
            node.Shape.Last.Size,
            Padded: false),
        ParameterOperation => new Placement(PlacementKind.Parameter, graph.Parameters.ToList().IndexOf(node), 0, Padded: true),
        _ => null,
    };

    /// <summary>Memory that the user wants a value in.</summary>
    private static List<Placement> Asked(Graph graph, Node node)
    {
        var buffers = new List<Placement>();
        foreach (var write in graph.StateWrites.Where(write => Fuse.Storage(write) == node))
        {
            var state = new ParameterOperation(((StateWriteOperation)write.Operation).State);
            buffers.Add(new Placement(PlacementKind.Parameter, graph.Parameters.ToList().FindIndex(p => p.Operation == state), 0, Padded: true));
        }

        foreach (var (name, value) in graph.Outputs.Where(output => Fuse.Storage(output.Value) == node))
        {
            var columns = node.Shape.Last.Size;
            if (name is "output" or "loss")
            {
                buffers.Add(new Placement(name == "loss" ? PlacementKind.Losses : PlacementKind.Output, 0, columns, Padded: false));
            }
            else if (graph.Inputs.FirstOrDefault(i => name == Differentiate.GradientOfInput(((InputOperation)i.Operation).Ordinal)) is { } input)
            {
                buffers.Add(new Placement(PlacementKind.InputGradient, ((InputOperation)input.Operation).Ordinal, columns, Padded: false));
            }
            else
            {
                var parameters = graph.Parameters.ToList();
                var parameter = parameters.FindIndex(p => name == Differentiate.GradientOf(((ParameterOperation)p.Operation).Parameter.Name));
                buffers.Add(new Placement(PlacementKind.Gradient, parameter, 0, Padded: true));
            }
        }

        return buffers;
    }

    /// <summary>Rows that end in whole vectors.</summary>
    private static Placement Rows(Node node)
    {
        // Rows a multiple of 1 KiB apart would fall into the same few sets of the first-level cache.
        var stride = Padding.To16(node.Shape.Last.Size);
        return new Placement(PlacementKind.Arena, 0, stride % 256 == 0 ? stride + 16 : stride, Padded: true);
    }

    /// <summary>Rows one right behind the other: those of a value that is also seen under another shape, and single numbers.</summary>
    private static Placement Packed(Node node) =>
        new(PlacementKind.Arena, 0, node.Shape.Last.Size, Padded: node.Shape.Last.Size % 16 == 0);

    /// <summary>Floats a sample, or in all when a value does not depend on the samples.</summary>
    private static int Floats(Node node, Placement placement) => placement.Kind == PlacementKind.Fixed
        ? node.Shape.ConstantSize == node.Shape.Last.Size
            ? Padding.To16(node.Shape.Last.Size)
            : Padding.To16(node.Shape[0].Size) * (node.Shape.ConstantSize / node.Shape[0].Size)
        : placement.Stride * (node.Shape.ConstantSize / node.Shape.Last.Size);
}
