using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>Which of the three tensors of a window contraction is the result.</summary>
internal enum WindowRole
{
    /// <summary>The map, as in a convolution: each of its places gathers a window of the image.</summary>
    Gather,

    /// <summary>The image, as in a convolution's input gradient and in a transposed convolution: each place of the map adds to a window.</summary>
    Scatter,

    /// <summary>The weights: their gradient.</summary>
    Weights,
}

/// <summary>
/// One axis of windows: cell k at place p of the map is at <c>p · Stride + k · Dilation</c> in the image. The map may have a border of its
/// own, so that place p lies at <c>p + Border</c>. An <c>Origin</c> shifts positions in the image; those outside it are zeros, which tiles
/// know and lines of windows do not.
/// </summary>
internal sealed record WindowSteps(int Image, int Places, int Cells, int Stride, int Dilation, int Border, int Origin)
{
    /// <summary>
    /// Runs of the result along this axis that see their cells alike: one for a gather, one for each remainder of the stride for a scatter.
    /// </summary>
    public IReadOnlyList<WindowRun> Runs(WindowRole role) => role == WindowRole.Gather
        ? [new WindowRun(0, 1, Places, Stride, 0, Cells, Dilation, 0, 1)]
        : [.. Enumerable.Range(0, Math.Min(Stride, Image)).Select(Residue)];

    /// <summary>
    /// The border that a scatter needs the map to have, before and behind, so that no place it reads is outside. Places there are zero.
    /// </summary>
    public (int Before, int After) NeededBorder()
    {
        var runs = (this with { Border = 0 }).Runs(WindowRole.Scatter).Where(run => run.Cells > 0).ToList();
        return (
            Math.Max(0, -runs.Select(run => run.Base).DefaultIfEmpty().Min()),
            Math.Max(0, runs.Select(run => run.Base + run.Count - 1 + (run.CellStep * (run.Cells - 1))).DefaultIfEmpty().Max() - Places + 1));
    }

    /// <summary>
    /// Cells k of the image at <c>first + q · Stride</c> come from the places <c>q + (first − k · Dilation) / Stride</c>, where that is
    /// whole. Weights are stored turned around, last cell first, so that places and cells ascend together.
    /// </summary>
    private WindowRun Residue(int first)
    {
        var cells = Enumerable.Range(0, Cells).Where(k => (first - (k * Dilation)) % Stride == 0).Reverse().ToArray();
        var count = (Image - first + Stride - 1) / Stride;
        if (cells.Length == 0)
        {
            return new WindowRun(first, Stride, count, 1, 0, 0, 0, 0, 0);
        }

        var step = cells.Length > 1 ? cells[0] - cells[1] : 1;
        return new WindowRun(
            first, Stride, count, 1, ((first - (cells[0] * Dilation)) / Stride) + Border, cells.Length, step * Dilation / Stride, Cells - 1 - cells[0], step);
    }
}

/// <summary>
/// Places of a result that see the same cells: result <c>First + i · Step</c> for i below Count reads the source at
/// <c>Base + i · Move + j · CellStep</c> for its cells j, whose weights are stored at <c>FirstCell + j · StoredStep</c>.
/// </summary>
internal sealed record WindowRun(
    int First, int Step, int Count, int Move, int Base, int Cells, int CellStep, int FirstCell, int StoredStep);

/// <summary>A contraction over windows of an image [batch, height, width, channels]; a sequence is an image of height one.</summary>
/// <param name="Role">Which tensor is the result.</param>
/// <param name="Image">What windows slide over; its channels are the second axis of the weights.</param>
/// <param name="Map">One vector for each place of the window; its channels are the first axis of the weights.</param>
/// <param name="Weights">[map channels, image channels of a group, cells…], or turned, [image channels, map channels of a group, cells…].</param>
/// <param name="Height">The axis from line to line.</param>
/// <param name="Width">The axis along a line.</param>
/// <param name="Groups">Into how many groups the channels fall.</param>
internal sealed record WindowContract(
    WindowRole Role, Node Image, Node Map, Node Weights, WindowSteps Height, WindowSteps Width, int Groups)
{
    /// <summary>Cells of the whole window.</summary>
    public int Cells => Height.Cells * Width.Cells;

    /// <summary>Whether every channel has a window of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Weights.Shape[1].IsOne && Weights.Shape[0] == Image.Shape.Last && Image.Shape.Last == Map.Shape.Last;

    /// <summary>Whether a weight tensor is a copy with inputs and outputs changed, as a scatter reads it: stored last cell first.</summary>
    public static bool IsTurned(Node weights) => weights.Operation is TransposeOperation or GroupsOperation { Form: GroupsForm.Turned };

    /// <summary>Recognises a contraction over windows; null when the node is of another form.</summary>
    public static WindowContract? Of(Node node)
    {
        var contract = (ContractOperation)node.Operation;
        (Node Node, AffineMap Map)[] tensors = [(node.Operands[0], contract.Left), (node.Operands[1], contract.Right), (node, contract.Result)];
        var weights = Array.FindIndex(tensors, t => !t.Node.Shape.HasBatch);
        if (weights < 0 || tensors.Count(t => t.Node.Shape.HasBatch) != 2 || tensors[weights].Node.Shape.Rank is < 3 or > 4)
        {
            return null;
        }

        var (kernel, kernelMap) = tensors[weights];
        var rank = kernel.Shape.Rank;
        var images = tensors.Where((t, i) => i != weights).ToArray();
        if (images.Any(t => t.Node.Shape.Rank != rank))
        {
            return null;
        }

        // The first axis of the weights is the map's channels, turned the image's. Where both have the same channels, the image is the one
        // whose index moves with the cells, or by more than one place; where nothing moves, the larger one.
        var cells = kernelMap.Indices.Skip(2).Select(index => index.Dimension).Where(d => d >= 0).ToArray();
        var channels = images.Select(t => t.Map.Indices[rank - 1] == kernelMap.Indices[0]).ToArray();
        var isSecondLarger = images[1].Node.Shape.ConstantSize > images[0].Node.Shape.ConstantSize;
        var isSecond = channels[0] != channels[1]
            ? channels[0] != IsTurned(kernel)
            : Slides(images[1].Map) || (isSecondLarger && !Slides(images[0].Map));
        var image = isSecond ? 1 : 0;
        var ((imageNode, imageMap), (mapNode, mapMap)) = (images[image], images[1 - image]);
        var steps = Enumerable.Range(0, rank - 2).Select(Steps).ToList();
        var role = ReferenceEquals(imageNode, node) ? WindowRole.Scatter : ReferenceEquals(mapNode, node) ? WindowRole.Gather : WindowRole.Weights;
        return new WindowContract(
            role, imageNode, mapNode, kernel, steps.Count == 2 ? steps[0] : new WindowSteps(1, 1, 1, 1, 1, 0, 0), steps.Last(),
            (IsTurned(kernel) ? mapNode : imageNode).Shape.Last.Size / kernel.Shape[1].Size);

        bool Slides(AffineMap map) => cells.Any(map.Uses) || map.Indices.Any(index => index.Coefficients.Any(step => step > 1));

        WindowSteps Steps(int axis)
        {
            var place = mapMap.Indices[axis + 1];
            var position = imageMap.Indices[axis + 1];
            var moving = Enumerable.Range(0, place.Coefficients.Count).Where(d => place.Coefficients[d] != 0).ToArray();
            var cell = kernelMap.Indices[axis + 2].Dimension;
            return new WindowSteps(
                imageNode.Shape[axis + 1].Size,
                moving.Length == 0 ? 1 : contract.Domain[moving[0]].Size,
                kernel.Shape[axis + 2].Size,
                moving.Length == 0 ? 1 : position.Coefficients[moving[0]],
                cell < 0 ? 1 : position.Coefficients[cell],
                place.Offset,
                position.Offset);
        }
    }
}
