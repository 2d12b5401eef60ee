using StaticNet.Generators.IR;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>Windows that slide over cells, and their gradients.</summary>
public class PoolTests
{
    private static readonly (int Height, int Width, PoolWindow Down, PoolWindow Across)[] Windows =
    [
        (4, 6, new(1, 2, 2, 0, 0), new(2, 2, 2, 0, 0)),
        (5, 7, new(1, 2, 2, 0, 0), new(2, 2, 2, 0, 0)),
        (5, 6, new(1, 3, 2, 1, 1), new(2, 2, 1, 0, 1)),
        (4, 5, new(1, 1, 2, 0, 0), new(2, 2, 3, 0, 0)),
        (9, 8, new(1, 5, 2, 2, 2), new(2, 5, 3, 2, 2)),
        (5, 4, new(1, 5, 5, 0, 0), new(2, 4, 4, 0, 0)),
        (30, 20, new(1, 30, 30, 0, 0), new(2, 20, 20, 0, 0)),
    ];

    private static readonly int[] Columns = [1, 3, 8];

    public static TheoryData<string, int, int> Cases => new(
        from kind in Enum.GetNames<PoolKind>() from window in Enumerable.Range(0, Windows.Length) from columns in Columns select (kind, window, columns));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Windows_are_gathered(string kind, int window, int columns) => Check(window, columns, (n, x, down, across) =>
        n.Build.Map((p, c) => (p * 2) + c, n.Build.Pool(Enum.Parse<PoolKind>(kind), x, down, across), n.Parameter("c", columns)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_gathered(string name, int window, int columns) => Check(window, columns, (n, x, down, across) =>
    {
        var kind = Enum.Parse<PoolKind>(name);
        var pooled = n.Build.Pool(kind, x, down, across);
        var gradient = n.X(1, [.. pooled.Shape.Sample]);
        var operation = new PoolGradientOperation(kind, [down, across]);
        var result = n.Build.Graph.Append(operation, kind == PoolKind.Max ? [x, pooled, gradient] : [gradient], x.Shape, ElementType.Float32, "");
        return n.Build.Map((g, cell) => g * cell, result, x);
    });

    [Fact]
    public void The_first_of_equal_cells_gets_the_gradient()
    {
        var n = new NetworkBuilder();
        var x = n.X(4, 4, 2);
        PoolWindow[] windows = [new(1, 3, 1, 1, 1), new(2, 3, 1, 1, 1)];
        var pooled = n.Build.Pool(PoolKind.Max, x, windows);
        n.Build.Graph.Name("output", n.Build.Graph.Append(
            new PoolGradientOperation(PoolKind.Max, [.. windows]), [x, pooled, n.X(1, [4, 4, 2])], x.Shape, ElementType.Float32, ""));
        var random = new Random(3);
        var cells = Enumerable.Range(0, 3 * 32).Select(i => i % 29 == 5 ? double.NaN : random.Next(3)).ToArray();
        var gradient = Enumerable.Range(0, 3 * 32).Select(_ => (double)random.Next(1, 9)).ToArray();
        DeviceRun.Check(n.Build.Graph, 3, bindings: new() { ["x0"] = cells, ["x1"] = gradient });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cells_are_repeated(int batch)
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", n.Build.Repeat(n.X(2, 3, 5), (1, 3), (2, 2)));
        DeviceRun.Check(n.Build.Graph, batch);
    }

    [Fact]
    public void Windows_over_sequences_and_long_lines_are_gathered()
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", n.Build.Pool(PoolKind.Mean, n.X(1500, 3), new PoolWindow(1, 1400, 100, 0, 0)));
        DeviceRun.Check(n.Build.Graph, 2, tolerance: 2e-6);
    }

    private static void Check(int window, int columns, Func<NetworkBuilder, Node, PoolWindow, PoolWindow, Node> network)
    {
        var (height, width, down, across) = Windows[window];
        foreach (var batch in new[] { 1, 3 })
        {
            var n = new NetworkBuilder();
            n.Build.Graph.Name("output", network(n, n.X(height, width, columns), down, across));
            DeviceRun.Check(n.Build.Graph, batch);
        }
    }
}
