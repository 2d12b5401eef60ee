using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.IR;

/// <summary>Each kind of malformed graph is named for what it is.</summary>
public class IrVerifierTests
{
    private static readonly TensorShape Row = TensorShape.Batched([3]);

    private readonly GraphBuilder _build = new();

    private static readonly (string Problem, Func<GraphBuilder, Node> Build)[] MalformedGraphs =
    [
        ("an input has no batch axis", b => b.Input(InputRole.Data, 0, "x", new([3]))),
        ("SampleWeight is Float32", b => b.Input(InputRole.SampleWeight, 0, "x", Row, ElementType.Int32)),
        ("has no elements", b => b.Input(InputRole.Data, 0, "x", TensorShape.Batched([0]))),
        ("the batch is axis 1", b => b.Transpose(X(b), 1, 0)),
        ("the name 'x' is taken", b => (X(b), X(b)).Item2),
        ("the shape is not [4]", b => Append(b, new ParameterOperation(Parameter(4)), [], new([3]))),
        ("the shape is not [1]", b => Append(b, new ConstantOperation(1), [], new([3]))),
        ("a stream is not negative", b => b.Random(-1, Row)),
        ("has 1 operands, not 2", b => Append(b, Product(), [X(b)], Row)),
        ("is not Float32", b => Append(b, new ReduceOperation(ReduceKind.Sum, [1]), [Classes(b)], TensorShape.Batched([1]))),
        ("the left map has 1 indices", b => Contract(b, Product() with { Left = AffineMap.Project(3, 0) })),
        ("has 2 coefficients for 3 dimensions", b => Contract(b, Product() with { Left = AffineMap.Project(2, 0, 1) })),
        ("but the right axis 1 has 3", b => Contract(b, Product() with { Right = AffineMap.Project(3, 1, 1) })),
        ("domain dimension 3 is used by no map", b => Contract(b, new(
            [Extent.Batch, 2, 3, 5], AffineMap.Project(4, 0, 2), AffineMap.Project(4, 1, 2), AffineMap.Project(4, 0, 1)))),
        ("combines the symbol batch", b => Contract(b, Product() with { Left = new([AffineIndex.Of(0, 3), new([1, 0, 1], 0)]) })),
        ("is a symbol but its index is a combination", b => Contract(b, Product() with { Left = new([new([0, 2, 0], 0), AffineIndex.Of(2, 3)]) })),
        ("all outside", b => Contract(b, Product() with { Left = new([AffineIndex.Of(0, 3), new([0, 0, 1], 3)]) })),
        ("the domain has no dimension", b => Append(
            b, new ContractOperation([], new([]), new([]), new([])), [b.Constant(1), b.Constant(1)], new([]))),
        ("does not broadcast", b => b.Map((x, y) => x + y, X(b), b.Parameter(Parameter(4)))),
        ("the body names operand 1", b => b.Map(x => x + new Operand(1), X(b))),
        ("axis 2 is outside [batch, 3]", b => b.Map(x => x + new IndexOf(2), X(b))),
        ("without ToFloat", b => b.Map(t => t + 1, Classes(b))),
        ("reduces no axis", b => b.Reduce(ReduceKind.Sum, X(b))),
        ("names an axis twice", b => b.Reduce(ReduceKind.Sum, X(b), 1, 1)),
        ("axis 2 is outside", b => Append(b, new ReduceOperation(ReduceKind.Sum, [2]), [X(b)], Row)),
        ("the shape is not [batch, 1]", b => Append(b, new ReduceOperation(ReduceKind.Sum, [1]), [X(b)], Row)),
        ("has another size", b => b.Reshape(X(b), TensorShape.Batched([4]))),
        ("has other symbols", b => b.Reshape(X(b), new([3]))),
        ("has no window", b => b.Pool(PoolKind.Max, Rows(b))),
        ("names an axis twice", b => b.Pool(PoolKind.Max, Rows(b), new PoolWindow(1, 1, 1, 0, 0), new PoolWindow(1, 1, 1, 0, 0))),
        ("does not move", b => Append(b, new PoolOperation(PoolKind.Max, [new(1, 1, 0, 0, 0)]), [Rows(b)], TensorShape.Batched([3, 2]))),
        ("may lie outside", b => b.Pool(PoolKind.Max, Rows(b), new PoolWindow(1, 2, 1, 2, 0))),
        ("is larger than", b => Append(b, new PoolOperation(PoolKind.Max, [new(1, 4, 1, 0, 0)]), [Rows(b)], TensorShape.Batched([1, 2]))),
        ("is a symbol", b => Append(b, new PoolOperation(PoolKind.Max, [new(0, 1, 1, 0, 0)]), [Rows(b)], TensorShape.Batched([3, 2]))),
        ("the shape is not [batch, 2, 2]", b => Append(b, new PoolOperation(PoolKind.Max, [new(1, 2, 1, 0, 0)]), [Rows(b)], TensorShape.Batched([3, 2]))),
        ("has 1 operands, not 3", b => Append(b, new PoolGradientOperation(PoolKind.Max, [new(1, 1, 1, 0, 0)]), [Rows(b)], TensorShape.Batched([3, 2]))),
        ("an operand is not [batch, 2, 2]", b => Append(b, new PoolGradientOperation(PoolKind.Mean, [new(1, 2, 1, 0, 0)]), [Rows(b)], TensorShape.Batched([3, 2]))),
        ("is not that of the cells", b => Rows(b) is var x
            ? Append(b, new PoolGradientOperation(PoolKind.Max, [new(1, 3, 1, 0, 0)]), [b.Slice(x, 1, 0, 1), x, x], TensorShape.Batched([3, 2])) : x),
        ("is no permutation", b => Append(b, new TransposeOperation([0, 0]), [X(b)], Row)),
        ("the range is outside", b => b.Slice(X(b), 1, 2, 2)),
        ("is a symbol", b => Append(b, new SliceOperation(0, 0, 1), [X(b)], Row)),
        ("pads by a negative length", b => b.Pad(X(b), 1, -1, 2)),
        ("does not fit beside", b => b.Concat(1, X(b), b.Input(InputRole.Data, 1, "y", TensorShape.Batched([3, 3])))),
        ("2 of 3 groups cannot be together", b => Append(b, new GroupsOperation(GroupsForm.Joined, 3, 2), [b.Parameter(Parameter(6, 2, 1))], new([6, 4, 1]))),
        ("has not 3 groups of outputs", b => Append(b, new GroupsOperation(GroupsForm.Joined, 3, 3), [b.Parameter(Parameter(4, 2, 1))], new([4, 6, 1]))),
        ("has not the inputs of 3 groups", b => Append(b, new GroupsOperation(GroupsForm.Parted, 3, 3), [b.Parameter(Parameter(6, 2, 1))], new([6, 1, 1]))),
        ("the shape is not [6, 6, 1]", b => Append(b, new GroupsOperation(GroupsForm.Turned, 3, 3), [b.Parameter(Parameter(6, 2, 1))], new([6, 4, 1]))),
        ("the type is not the operand's", b => Append(b, new ReshapeOperation(TensorShape.Batched([1])), [Classes(b)], TensorShape.Batched([1]))),
        ("has no operand", b => Append(b, new ConcatOperation(1), [], Row)),
        ("the shape is not [batch, 3]", b => Append(b, new StopGradientOperation(), [X(b)], TensorShape.Batched([1]))),
        ("is not an earlier node", b => Append(b, new StopGradientOperation(), [X(new GraphBuilder())], Row)),
        ("is not an earlier node", b => Append(b, new StopGradientOperation(), [new Node(9, new ConstantOperation(1), [], new([1]), ElementType.Float32, "")], Row)),
    ];

    public static TheoryData<int, string> Malformed => new(MalformedGraphs.Select((m, i) => (i, m.Problem)));

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Rejects_naming_the_problem(int number, string problem)
    {
        var node = MalformedGraphs[number].Build(_build);
        var exception = Assert.Throws<InvalidOperationException>(() => IrVerifier.Verify(_build.Graph));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"%{node.Id} = ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_an_output_of_another_graph()
    {
        _build.Graph.Name("output", X(new GraphBuilder()));
        Assert.Contains("output 'output'", Assert.Throws<InvalidOperationException>(() => IrVerifier.Verify(_build.Graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_integers_that_are_compared_or_converted()
    {
        var classes = Classes(_build);
        _build.Map(new Select(Comparison.Equal, new IndexOf(1), new Operand(0), 1, 0), classes);
        _build.Map(new Unary(UnaryFunction.ToFloat, new Operand(0)), classes);
        IrVerifier.Verify(_build.Graph);
    }

    private static Node X(GraphBuilder build) => build.Input(InputRole.Data, 0, "x", Row);

    private static Node Rows(GraphBuilder build) => build.Input(InputRole.Data, 0, "x", TensorShape.Batched([3, 2]));

    private static Node Classes(GraphBuilder build) => build.Input(InputRole.Target, 0, "t", TensorShape.Batched([1]), ElementType.Int32);

    private static ParameterSpec Parameter(params int[] shape) => new("w", [.. shape], ParameterRole.Weight, new(InitializerKind.Zeros, 1, 1));

    private static ContractOperation Product() =>
        new([Extent.Batch, 2, 3], AffineMap.Project(3, 0, 2), AffineMap.Project(3, 1, 2), AffineMap.Project(3, 0, 1));

    private static Node Contract(GraphBuilder build, ContractOperation contract) =>
        Append(build, contract, [X(build), build.Parameter(Parameter(2, 3))], TensorShape.Batched([2]));

    private static Node Append(GraphBuilder build, Operation operation, IReadOnlyList<Node> operands, TensorShape shape) =>
        build.Graph.Append(operation, operands, shape, ElementType.Float32, "");
}
