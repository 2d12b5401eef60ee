namespace StaticNet.Generators.IR;

internal enum ElementType { Float32, Int32 }

/// <summary>What a node computes from its operands. Operations are immutable and compared by content.</summary>
internal abstract record Operation;

/// <summary>What a network input carries.</summary>
internal enum InputRole
{
    /// <summary>A declared <c>[Input]</c>.</summary>
    Data,

    /// <summary>The target of the loss: class indices (<see cref="ElementType.Int32"/>, [batch, 1]) or vectors.</summary>
    Target,

    /// <summary>[batch, 1]: the weight of each sample in the loss, one over the batch size unless weights are given.</summary>
    SampleWeight,

    /// <summary>The gradient of a user's own loss with respect to the network's output.</summary>
    OutputGradient,
}

internal sealed record InputOperation(InputRole Role, int Ordinal, string Name) : Operation;

/// <summary>A trained tensor, or one of state: as it is before the graph is computed.</summary>
internal sealed record ParameterOperation(ParameterSpec Parameter) : Operation;

internal sealed record ConstantOperation(double Value) : Operation;

/// <summary>The value of an extent that is known only at run time, as a number: how many samples a mean is over.</summary>
internal sealed record ExtentOperation(Extent Extent) : Operation;

/// <summary>
/// <c>Y[α(d)] = Σ A[β(d)] · B[γ(d)]</c> over the box domain d; reads out of range are zero. Dimensions that α does not use are summed.
/// </summary>
internal sealed record ContractOperation(EquatableArray<Extent> Domain, AffineMap Left, AffineMap Right, AffineMap Result) : Operation;

/// <summary>
/// Element by element. Operands broadcast as in NumPy: shapes are aligned at the last axis, an extent of one repeats, missing leading
/// axes repeat.
/// </summary>
internal sealed record MapOperation(ScalarExpression Body) : Operation;

internal enum ReduceKind { Sum, Max }

/// <summary>Reduces over axes, which stay in the shape with an extent of one.</summary>
internal sealed record ReduceOperation(ReduceKind Kind, EquatableArray<int> Axes) : Operation;

internal enum PoolKind
{
    /// <summary>The largest cell, NaN counting as the largest of all.</summary>
    Max,

    /// <summary>The sum of the cells over the size of the window: what lies outside counts as zeros.</summary>
    Mean,

    /// <summary>The sum of the cells over their number: what lies outside does not count.</summary>
    MeanInside,

    /// <summary>The sum of the cells.</summary>
    Sum,
}

/// <summary>A window along one axis: place o has the cells from <c>o · Stride − Before</c> on, as many as Size, those outside skipped.</summary>
internal readonly record struct PoolWindow(int Axis, int Size, int Stride, int Before, int After)
{
    /// <summary>How many places it has along an axis.</summary>
    public int Places(int cells) => ((cells + Before + After - Size) / Stride) + 1;

    /// <summary>The cells of a place: the first, and the one behind the last.</summary>
    public (int First, int End) Cells(int place, int cells)
    {
        var first = (place * Stride) - Before;
        return (Math.Max(first, 0), Math.Min(first + Size, cells));
    }
}

/// <summary>One value for each place of a window that slides along axes.</summary>
internal sealed record PoolOperation(PoolKind Kind, EquatableArray<PoolWindow> Windows) : Operation;

/// <summary>
/// The gradient of what was pooled, from the gradient of what it was pooled to. Of a maximum, the first cell that attains it gets all, as
/// in PyTorch: operands are the cells, their maxima and the gradient. Of the others every cell gets its part: the one operand is the
/// gradient. Of sums this repeats values, as nearest-neighbour upsampling does.
/// </summary>
internal sealed record PoolGradientOperation(PoolKind Kind, EquatableArray<PoolWindow> Windows) : Operation;

/// <summary>The same elements under another shape or order.</summary>
internal abstract record ViewOperation : Operation;

/// <summary>The same elements in the same order under another shape; the batch axis stays.</summary>
internal sealed record ReshapeOperation(TensorShape Shape) : ViewOperation;

/// <summary>Axis i of the result is axis <c>Order[i]</c> of the operand.</summary>
internal sealed record TransposeOperation(EquatableArray<int> Order) : ViewOperation;

internal sealed record SliceOperation(int Axis, int Start, int Length) : ViewOperation;

/// <summary>Zeros around an axis.</summary>
internal sealed record PadOperation(int Axis, int Before, int After) : ViewOperation;

/// <summary>The operands one after the other along an axis: a view in which each producer writes its own range.</summary>
internal sealed record ConcatOperation(int Axis) : ViewOperation;

/// <summary>What becomes of the weights of grouped windows, or of their gradient.</summary>
internal enum GroupsForm
{
    /// <summary>[outputs, inputs of a group, cells…] → [outputs, inputs of the groups together, cells…].</summary>
    Joined,

    /// <summary>Joined with inputs and outputs changed: → [inputs, outputs of the groups together, cells…].</summary>
    Turned,

    /// <summary>The other way round: of the inputs of groups together, those of each output's own group.</summary>
    Parted,
}

/// <summary>
/// Weights of windows whose channels fall into groups as those of fewer, larger groups: so many <paramref name="Together"/>, with zeros
/// between what belongs to different ones. The order in which kernels read them (<c>LayOut</c>): it comes after gradients and has none.
/// </summary>
internal sealed record GroupsOperation(GroupsForm Form, int Groups, int Together) : Operation;

/// <summary>
/// Uniform numbers in [0, 1): a pure function of seed, step, stream, row and column, so that whoever needs them again computes
/// them again.
/// </summary>
internal sealed record RandomOperation(int Stream) : Operation;

/// <summary>Its operand, without a gradient.</summary>
internal sealed record StopGradientOperation : Operation;

/// <summary>
/// Its operand, which becomes the value of a tensor of state when the graph has been computed: running statistics. Whatever reads the
/// state sees what was there before. It lets no gradient through and counts as needed, used or not.
/// </summary>
internal sealed record StateWriteOperation(ParameterSpec State) : Operation;
