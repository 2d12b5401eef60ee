using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.IR;

/// <summary>Every primitive on numbers worked out by hand.</summary>
public class IrInterpreterTests
{
    private readonly GraphBuilder _build = new();

    [Fact]
    public void Contract_multiplies_matrices()
    {
        var y = _build.MatrixProduct(Input("x", 3), Parameter("w", 2, 3));
        Expect([6, 7, 12, 16], y, batch: 2, ("x", [1, 2, 3, 4, 5, 6]), ("w", [1, -2, 3, 0, 2, 1]));
    }

    [Fact]
    public void Contract_reads_zero_outside_its_operands()
    {
        // A convolution of width 3 over 4 places, padded by one on both sides.
        var y = _build.Contract(
            Input("x", 4), new([AffineIndex.Of(0, 3), new([0, 1, 1], -1)]), Parameter("w", 3), AffineMap.Project(3, 2),
            [Extent.Batch, 4, 3], AffineMap.Project(3, 0, 1));
        Expect([320, 432, 543, 54], y, batch: 1, ("x", [2, 3, 4, 5]), ("w", [1, 10, 100]));
    }

    [Fact]
    public void Contract_writes_through_a_combination_and_drops_what_falls_outside()
    {
        // The transpose of the same convolution with stride 2: two places spread over four.
        var y = _build.Contract(
            Input("x", 2), AffineMap.Project(3, 0, 1), Parameter("w", 3), AffineMap.Project(3, 2),
            [Extent.Batch, 2, 3], new([AffineIndex.Of(0, 3), new([0, 2, 1], -1)]), TensorShape.Batched([4]));
        Expect([20, 203, 30, 300], y, batch: 1, ("x", [2, 3]), ("w", [1, 10, 100]));
    }

    [Fact]
    public void Map_broadcasts_from_the_last_axis()
    {
        var y = _build.Map((a, b) => a * b, Input("x", 2, 2), Parameter("w", 2, 1));
        Expect([10, 20, 300, 400], y, batch: 1, ("x", [1, 2, 3, 4]), ("w", [10, 100]));
    }

    [Fact]
    public void Map_selects_by_index_and_class()
    {
        var y = _build.Map(
            new Select(Comparison.Equal, new IndexOf(1), new Operand(1), new Operand(0), -1),
            Input("x", 3), _build.Input(InputRole.Target, 0, "t", TensorShape.Batched([1]), ElementType.Int32));
        Expect([-1, -1, 3, 4, -1, -1], y, batch: 2, ("x", [1, 2, 3, 4, 5, 6]), ("t", [2, 0]));
    }

    [Fact]
    public void Map_repeats_its_operands_to_its_own_shape()
    {
        var y = _build.Graph.Append(new MapOperation(new Operand(0)), [Input("x", 1)], TensorShape.Batched([2]), ElementType.Float32, "");
        Expect([7, 7, 8, 8], y, batch: 2, ("x", [7, 8]));
    }

    [Fact]
    public void Comparison_with_NaN_is_false_and_extrema_give_NaN()
    {
        var x = Input("x", 1);
        var y = _build.Concat(
            1, _build.Map(new Select(Comparison.LessOrEqual, new Operand(0), 0, 1, 2), x),
            _build.Map(new Binary(BinaryFunction.Maximum, new Operand(0), 0), x),
            _build.Map(new Binary(BinaryFunction.Minimum, 0, new Operand(0)), x));
        Expect([2, double.NaN, double.NaN], y, batch: 1, ("x", [double.NaN]));
    }

    [Theory]
    [InlineData(nameof(ReduceKind.Sum), new double[] { 6, -15 })]
    [InlineData(nameof(ReduceKind.Max), new double[] { 3, -4 })]
    public void Reduce_keeps_the_axis(string kind, double[] expected)
    {
        var y = _build.Reduce(Enum.Parse<ReduceKind>(kind), Input("x", 3), 1);
        Assert.Equal(TensorShape.Batched([1]), y.Shape);
        Expect(expected, y, batch: 2, ("x", [1, 2, 3, -4, -5, -6]));
    }

    [Fact]
    public void Reduce_over_the_batch()
    {
        Expect([5, 7, 9], _build.Reduce(ReduceKind.Sum, Input("x", 3), 0), batch: 2, ("x", [1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void Reduce_of_a_maximum_gives_NaN_when_one_is_there()
    {
        Expect([double.NaN], _build.Reduce(ReduceKind.Max, Input("x", 2), 1), batch: 1, ("x", [double.NaN, 1]));
    }

    [Fact]
    public void Windows_give_the_largest_and_the_mean_of_the_cells_inside()
    {
        // Places 0, 1, 2 have the cells 0 and 1, 1 to 3, and 3.
        var window = new PoolWindow(1, 3, 2, 1, 1);
        var x = Input("x", 4, 1);
        double[] elements = [4, -2, -6, -8];
        Expect([4, -2], _build.Pool(PoolKind.Max, x, window), batch: 1, ("x", elements));
        Expect([2.0 / 3, -16.0 / 3], _build.Pool(PoolKind.Mean, x, window), batch: 1, ("x", elements));
        Expect([1, -16.0 / 3], _build.Pool(PoolKind.MeanInside, x, window), batch: 1, ("x", elements));
        Expect([2, -16], _build.Pool(PoolKind.Sum, x, window), batch: 1, ("x", elements));
        Expect([4, -2, -8], _build.Pool(PoolKind.Max, x, window with { After = 2 }), batch: 1, ("x", elements));
        Expect([1, -16.0 / 3, -8], _build.Pool(PoolKind.MeanInside, x, window with { After = 2 }), batch: 1, ("x", elements));
    }

    [Fact]
    public void Windows_of_rows_and_columns_keep_the_channels_apart()
    {
        var x = Input("x", 2, 3, 2);
        double[] elements = [1, 60, 2, 50, 3, 40, 4, 30, 5, 20, 6, 10];
        PoolWindow[] windows = [new(1, 2, 2, 0, 0), new(2, 2, 1, 0, 0)];
        Expect([5, 60, 6, 50], _build.Pool(PoolKind.Max, x, windows), batch: 1, ("x", elements));
        Expect([3, 40, 4, 30], _build.Pool(PoolKind.Mean, x, windows), batch: 1, ("x", elements));
    }

    [Fact]
    public void Cells_are_repeated()
    {
        var y = _build.Repeat(Input("x", 2, 2, 1), (1, 2), (2, 3));
        Assert.Equal(TensorShape.Batched([4, 6, 1]), y.Shape);
        Expect([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4], y, batch: 1, ("x", [1, 2, 3, 4]));
    }

    [Fact]
    public void The_first_of_equal_maxima_gets_the_gradient_and_NaN_is_the_largest()
    {
        var x = Input("x", 4, 1);
        var window = new PoolWindow(1, 3, 1, 0, 0);
        var y = _build.Pool(PoolKind.Max, x, window);
        var dx = _build.Graph.Append(new PoolGradientOperation(PoolKind.Max, [window]), [x, y, _build.Input(InputRole.Data, 1, "g", y.Shape)], x.Shape, ElementType.Float32, "");
        Expect([0, 11, 0, 0], dx, batch: 1, ("x", [1, 3, 3, 3]), ("g", [1, 10]));
        Expect([1, 10, 0, 0], dx, batch: 1, ("x", [3, 3, 3, 3]), ("g", [1, 10]));
        Expect([0, 11, 0, 0], dx, batch: 1, ("x", [0, double.NaN, double.NaN, 5]), ("g", [1, 10]));
        Assert.Equal([double.NaN, double.NaN], Run(y, batch: 1, ("x", [0, double.NaN, 7, 5]), ("g", [1, 10])));
    }

    [Fact]
    public void The_gradient_of_a_mean_goes_to_every_cell()
    {
        var window = new PoolWindow(1, 3, 2, 1, 1);
        var g = _build.Input(InputRole.Data, 0, "g", TensorShape.Batched([2, 1]));
        Expect([1, 11, 10, 10], Gradient(PoolKind.Mean), batch: 1, ("g", [3, 30]));
        Expect([1.5, 11.5, 10, 10], Gradient(PoolKind.MeanInside), batch: 1, ("g", [3, 30]));

        Node Gradient(PoolKind kind) =>
            _build.Graph.Append(new PoolGradientOperation(kind, [window]), [g], TensorShape.Batched([4, 1]), ElementType.Float32, "");
    }

    [Fact]
    public void Views_move_elements()
    {
        var x = Input("x", 2, 3);
        double[] elements = [1, 2, 3, 4, 5, 6];
        Expect(elements, _build.Reshape(x, TensorShape.Batched([6])), batch: 1, ("x", elements));
        Expect([1, 4, 2, 5, 3, 6], _build.Transpose(x, 0, 2, 1), batch: 1, ("x", elements));
        Expect([2, 3, 5, 6], _build.Slice(x, axis: 2, start: 1, length: 2), batch: 1, ("x", elements));
        Expect([0, 0, 0, 1, 2, 3, 4, 5, 6], _build.Pad(x, axis: 1, before: 1, after: 0), batch: 1, ("x", elements));
        Expect([1, 2, 3, 2, 4, 5, 6, 5], _build.Concat(2, x, _build.Slice(x, axis: 2, start: 1, length: 1)), batch: 1, ("x", elements));
    }

    [Fact]
    public void Random_asks_for_stream_row_and_column()
    {
        var y = _build.Random(stream: 7, TensorShape.Batched([2, 2]));
        var run = IrInterpreter.Run(_build.Graph, batch: 2, new Dictionary<string, double[]>(), (stream, row, column) => (stream * 100) + (row * 10) + column);
        Assert.Equal([700, 701, 710, 711, 720, 721, 730, 731], run[y]);
    }

    [Fact]
    public void StopGradient_is_its_operand() => Expect([3], _build.StopGradient(Input("x", 1)), batch: 1, ("x", [3]));

    [Fact]
    public void An_empty_batch_has_no_elements()
    {
        var y = _build.MatrixProduct(Input("x", 3), Parameter("w", 2, 3));
        Expect([], y, batch: 0, ("x", []), ("w", [1, -2, 3, 0, 2, 1]));
    }

    [Fact]
    public void Missing_or_misfitting_elements_are_rejected()
    {
        var x = Input("x", 3);
        Assert.Throws<ArgumentException>(() => Run(x, batch: 1));
        Assert.Throws<ArgumentException>(() => Run(x, batch: 2, ("x", [1, 2, 3])));
        _build.Random(stream: 0, TensorShape.Batched([1]));
        Assert.Throws<ArgumentNullException>(() => Run(x, batch: 1, ("x", [1, 2, 3])));
    }

    /// <summary>Values to 17 digits from a table of special functions.</summary>
    [Theory]
    [InlineData(nameof(UnaryFunction.Erf), 0.5, 0.52049987781304654)]
    [InlineData(nameof(UnaryFunction.Erf), -3, -0.99997790950300141)]
    [InlineData(nameof(UnaryFunction.Erf), 7, 1)]
    [InlineData(nameof(UnaryFunction.Expm1), 1e-10, 1.00000000005e-10)]
    [InlineData(nameof(UnaryFunction.Expm1), 1, 1.7182818284590452)]
    [InlineData(nameof(UnaryFunction.Expm1), -800, -1)]
    [InlineData(nameof(UnaryFunction.Expm1), 800, double.PositiveInfinity)]
    [InlineData(nameof(UnaryFunction.Log1p), 1e-10, 9.9999999995e-11)]
    [InlineData(nameof(UnaryFunction.Log1p), -1, double.NegativeInfinity)]
    [InlineData(nameof(UnaryFunction.Log1p), double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(nameof(UnaryFunction.Sigmoid), -800, 0)]
    [InlineData(nameof(UnaryFunction.Sigmoid), 2, 0.88079707797788244)]
    [InlineData(nameof(UnaryFunction.Sign), -3, -1)]
    [InlineData(nameof(UnaryFunction.Sign), double.NaN, double.NaN)]
    [InlineData(nameof(UnaryFunction.Erf), double.NaN, double.NaN)]
    [InlineData(nameof(UnaryFunction.Expm1), double.NaN, double.NaN)]
    public void Functions_keep_their_digits(string function, double x, double expected)
    {
        var actual = ScalarFunctions.Evaluate(Enum.Parse<UnaryFunction>(function), x);
        Assert.True(actual.Equals(expected) || Math.Abs(actual - expected) <= 4e-16 * Math.Abs(expected), $"{actual:R} is not {expected:R}");
    }

    private Node Input(string name, params int[] sample) => _build.Input(InputRole.Data, 0, name, TensorShape.Batched(sample));

    private Node Parameter(string name, params int[] shape) =>
        _build.Parameter(new(name, [.. shape], ParameterRole.Weight, new(InitializerKind.Zeros, 1, 1)));

    private double[] Run(Node value, int batch, params (string Name, double[] Elements)[] bindings) =>
        IrInterpreter.Run(_build.Graph, batch, bindings.ToDictionary(b => b.Name, b => b.Elements))[value];

    private void Expect(double[] expected, Node value, int batch, params (string Name, double[] Elements)[] bindings)
    {
        IrVerifier.Verify(_build.Graph);
        Assert.Equal(expected, Run(value, batch, bindings));
    }
}
