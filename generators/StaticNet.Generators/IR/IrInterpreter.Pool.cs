namespace StaticNet.Generators.IR;

internal sealed partial class IrInterpreter
{
    private double[] Pool(Node node, PoolOperation pool)
    {
        var (shape, result) = Allocate(node);
        var x = node.Operands[0];
        foreach (var (place, position) in Points(shape))
        {
            double[] cells = [.. Cells(pool.Windows, x.Shape, place).Select(cell => this[x][cell])];
            result[position] = pool.Kind == PoolKind.Max ? cells.Aggregate(Math.Max) : cells.Sum() / Divisor(pool.Kind, pool.Windows, cells.Length);
        }

        return result;
    }

    private double[] PoolGradient(Node node, PoolGradientOperation pool)
    {
        var (_, result) = Allocate(node);
        var gradient = node.Operands[node.Operands.Count - 1];
        foreach (var (place, position) in Points(Extents(gradient.Shape)))
        {
            int[] cells = [.. Cells(pool.Windows, node.Shape, place)];
            if (pool.Kind == PoolKind.Max)
            {
                // The largest is looked for again: what was rounded is not what it was.
                var x = this[node.Operands[0]];
                var largest = cells.Select(cell => x[cell]).Aggregate(Math.Max);
                result[cells.First(cell => x[cell] == largest || double.IsNaN(x[cell]))] += this[gradient][position];
                continue;
            }

            foreach (var cell in cells)
            {
                result[cell] += this[gradient][position] / Divisor(pool.Kind, pool.Windows, cells.Length);
            }
        }

        return result;
    }

    private static int Divisor(PoolKind kind, EquatableArray<PoolWindow> windows, int inside) => kind switch
    {
        PoolKind.Mean => windows.Aggregate(1, (size, window) => size * window.Size),
        PoolKind.MeanInside => inside,
        _ => 1,
    };

    /// <summary>The positions of a place's cells, in row order.</summary>
    private IEnumerable<int> Cells(EquatableArray<PoolWindow> windows, TensorShape shape, int[] place)
    {
        var extents = Extents(shape);
        var (first, lengths) = ((int[])place.Clone(), extents.Select(_ => 1).ToArray());
        foreach (var window in windows)
        {
            var (begin, end) = window.Cells(place[window.Axis], extents[window.Axis]);
            (first[window.Axis], lengths[window.Axis]) = (begin, end - begin);
        }

        var strides = Strides(extents);
        return Points(lengths).Select(cell => Dot(strides, first) + Dot(strides, cell.Index));
    }
}
