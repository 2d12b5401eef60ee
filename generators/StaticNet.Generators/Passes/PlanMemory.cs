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
    /// <param name="sumFloats">
    /// How much a back end's contractions need for their sums besides: for each sample where the result has samples; null for the CPU's.
    /// </param>
    public static MemoryPlan Run(Graph graph, IReadOnlyList<Kernel> kernels, bool reuse = true, Func<Kernel, int>? sumFloats = null)
    {
        var plan = new MemoryPlan();
        var parameters = graph.Parameters.Select((node, ordinal) => (node, ordinal)).ToDictionary(p => p.node, p => p.ordinal);
        var asked = Asked(graph);
        var lifetimes = new Lifetimes(kernels);
        var severalShapes = new HashSet<Node>(graph.Nodes.Where(node => Fuse.Storage(node).Shape.Last != node.Shape.Last).Select(Fuse.Storage));
        foreach (var node in graph.Nodes)
        {
            if (Given(node, parameters) is { } buffer)
            {
                plan.Add(node, buffer);
            }
        }

        var (values, workspace) = (new List<MemoryRange>(), new List<MemoryRange>());
        var bordered = new List<(MemoryRange Range, BoxKernel Box)>();
        for (var i = 0; i < kernels.Count; i++)
        {
            var kernel = kernels[i];
            foreach (var node in kernel.Writes)
            {
                var wanted = asked[node].ToList();
                if (BorderAround(kernel, node) is { } box)
                {
                    var around = Reserve(values, PlaceOf(box, box.Result), box.Result, i, lifetimes.End(box.Result, i));
                    plan.Add(box.Result, around);
                    plan.Add(node, around with { Border = box.Border(around) });
                    bordered.Add((values.Last(), box));
                }
                else if (kernel is BoxKernel { View.Source: var inside } && plan[inside].Border is not null)
                {
                    // Its place came with the image inside it.
                    continue;
                }
                else if (lifetimes.IsRead(node) || (kernel is RowKernel or ColumnSumKernel { RowsPerSample: 1, Sums.Count: > 1 } ? wanted.TrueForAll(p => p.Kind == PlacementKind.Gradient) : wanted.Count == 0))
                {
                    plan.Add(node, Reserve(values, PlaceOf(kernel, node), node, i, lifetimes.End(node, i)));
                }

                wanted.ForEach(buffer => plan.Add(node, buffer));
            }

            var targets = kernel.Writes.SelectMany(node => plan.Targets(node).Select(target => (node, target))).ToList();
            if (targets.Count > 1)
            {
                foreach (var (node, unwanted) in targets.Where(t => t.target.Kind == PlacementKind.InputGradient))
                {
                    unwanted.Spare = Reserve(workspace, Packed(node), node, i, i);
                }
            }

            if (kernel is ColumnSumKernel { RowsPerSample: > 1, IsOfEachSample: false } columnSums)
            {
                foreach (var sum in columnSums.Sums)
                {
                    var parts = new Placement(PlacementKind.Fixed, 0, 0, Padded: true);
                    workspace.Add(new(parts, ColumnSumKernel.MaximumParts * Padding.To16(sum.Shape.Last.Size), i, i));
                    plan.SetSums(sum, parts);
                }
            }

            if (sumFloats is not null)
            {
                if (kernel is ContractKernel { Contract.Result: var contracted } && sumFloats(kernel) is > 0 and var floats)
                {
                    var parts = contracted.Shape.HasBatch
                        ? new Placement(PlacementKind.Arena, 0, floats / Fuse.Rows(contracted), Padded: true)
                        : new Placement(PlacementKind.Fixed, 0, 0, Padded: true);
                    workspace.Add(new(parts, floats, i, i));
                    plan.SetSums(contracted, parts);
                }

                continue;
            }

            if (kernel is ContractKernel { Tiles: { } tiles, Contract: { N: var columns, Result: var tiled, GivesWeights: var isGradient } })
            {
                var points = new Placement(PlacementKind.Fixed, 0, 0, Padded: true);
                workspace.Add(new(points, WinogradTiles.Floats(tiles.Channels, columns) * (isGradient ? WinogradTiles.MaximumParts : 1), i, i));
                plan.SetPoints(tiled, points);
            }

            // Sums need rows that end in whole vectors; where no value of the kernel has such rows, they gather in rows of their own.
            if (kernel is ContractKernel { Contract: { GivesWeights: false, Result: var sums }, Pooled: var pooled })
            {
                plan.SetSums(sums, pooled is not null
                    ? new Placement(PlacementKind.Scratch, 0, PooledLines.Stride, Padded: true)
                    : kernel.Writes.SelectMany(plan.Targets).FirstOrDefault(HasWholeRows) ?? Reserve(workspace, Rows(sums), sums, i, i));
            }
        }

        // Values first: what a kernel needs besides takes the gaps between them, or comes behind.
        (plan.FixedFloats, plan.FixedValueFloats) = Place(PlacementKind.Fixed);
        (plan.SampleFloats, plan.SampleValueFloats) = Place(PlacementKind.Arena);
        foreach (var (_, box) in bordered.Where(HasBorder))
        {
            plan.SetBordered(box.Result);
        }

        return plan;

        // Where the last value that was there is an image with such a border, its zeros are there still.
        bool HasBorder((MemoryRange Range, BoxKernel Box) image)
        {
            var last = values.Concat(workspace)
                .Where(range => range.Placement.Kind == PlacementKind.Arena && range.End < image.Range.Start && range.MeetsInSpace(image.Range))
                .OrderByDescending(range => range.End)
                .FirstOrDefault();
            return bordered.Exists(other => other.Range == last && last.Floats == image.Range.Floats
                && other.Box.Border(last.Placement) == image.Box.Border(image.Range.Placement));
        }

        // Kernels that make an image line by line can write it to where it is wanted with a border, if nobody wants it without.
        BoxKernel? BorderAround(Kernel kernel, Node node) =>
            sumFloats is null && kernel is ContractKernel { Contract: { Windows: not null, GivesWeights: false } } && lifetimes.OnlyReader(node) is BoxKernel { IsBorder: true } box
            && !asked.Contains(node) && !asked.Contains(box.Result) && !severalShapes.Contains(node) && PlaceOf(kernel, node) == PlaceOf(box, box.Result)
                ? box
                : null;

        Placement PlaceOf(Kernel kernel, Node node) =>
            !node.Shape.HasBatch ? new Placement(PlacementKind.Fixed, 0, 0, Padded: true)
            : (node.Shape.Last.Size == 1 && !lifetimes.IsStreamed(node)) || severalShapes.Contains(node) || (kernel is BoxKernel && lifetimes.IsReadByElements(node)) ? Packed(node)
            : Rows(node);

        (int All, int Values) Place(PlacementKind kind)
        {
            var ranges = new MemoryRanges(reuse);
            ranges.Place([.. values.Where(range => range.Placement.Kind == kind)]);
            var ofValues = ranges.End;
            ranges.Place([.. workspace.Where(range => range.Placement.Kind == kind)]);
            return (ranges.End, ofValues);
        }
    }

    private static Placement Reserve(List<MemoryRange> ranges, Placement placement, Node node, int start, int end)
    {
        ranges.Add(new(placement, Floats(node, placement), start, end));
        return placement;
    }

    private static bool HasWholeRows(Placement place) =>
        place is { Kind: PlacementKind.Arena, Padded: true } || (place.Kind == PlacementKind.Output && place.Stride % 16 == 0);

    /// <summary>Memory that a leaf is given in.</summary>
    private static Placement? Given(Node node, Dictionary<Node, int> parameters) => node.Operation switch
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
        ParameterOperation => new Placement(PlacementKind.Parameter, parameters[node], 0, Padded: true),
        _ => null,
    };

    /// <summary>Memory that the user wants values in.</summary>
    private static ILookup<Node, Placement> Asked(Graph graph)
    {
        var ordinals = graph.Parameters.Select((p, ordinal) => (((ParameterOperation)p.Operation).Parameter, ordinal)).ToDictionary(p => p.Parameter, p => p.ordinal);
        var gradients = ordinals.ToDictionary(p => Differentiate.GradientOf(p.Key.Name), p => new Placement(PlacementKind.Gradient, p.Value, 0, Padded: true));
        var inputs = graph.Inputs.Select(input => ((InputOperation)input.Operation).Ordinal).ToLookup(Differentiate.GradientOfInput);
        var writes = graph.StateWrites.Select(write =>
            (Node: Fuse.Storage(write), Place: new Placement(PlacementKind.Parameter, ordinals[((StateWriteOperation)write.Operation).State], 0, Padded: true)));
        return writes.Concat(graph.Outputs.Select(output => (Node: Fuse.Storage(output.Value), Place: PlaceOf(output.Name, Fuse.Storage(output.Value).Shape.Last.Size))))
            .ToLookup(p => p.Node, p => p.Place);

        Placement PlaceOf(string name, int columns) =>
            name is "output" or "loss" ? new Placement(name == "loss" ? PlacementKind.Losses : PlacementKind.Output, 0, columns, Padded: false)
            : inputs.Contains(name) ? new Placement(PlacementKind.InputGradient, inputs[name].First(), columns, Padded: false)
            : gradients[name];
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
    /// <remarks>Whole vectors of 16, so that every range begins where a vector may, whatever the batch.</remarks>
    private static int Floats(Node node, Placement placement) => placement.Kind == PlacementKind.Fixed
        ? node.Shape.ConstantSize == node.Shape.Last.Size && node.Operation is not (TransposeOperation or GroupsOperation)
            ? Padding.To16(node.Shape.Last.Size)
            : Padding.To16(node.Shape[0].Size) * (node.Shape.ConstantSize / node.Shape[0].Size)
        : Padding.To16(placement.Stride * (node.Shape.ConstantSize / node.Shape.Last.Size));
}
