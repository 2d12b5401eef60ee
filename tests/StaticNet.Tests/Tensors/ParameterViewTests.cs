using StaticNet.Execution;

namespace StaticNet.Tests.Tensors;

public class ParameterViewTests : IDisposable
{
    private const int Offset = 16;

    // Filled with what no test writes, so that writes outside a parameter show.
    private readonly AlignedMemory _memory = new(4096);

    public ParameterViewTests() => _memory.Span.Fill(-1f);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(32, 5)]
    [InlineData(33, 2)]
    [InlineData(100, 9)]
    public void Matrix_in_panels_reads_as_rows_of_outputs(int outputs, int inputs)
    {
        var layout = ParameterLayout.Matrix(outputs, inputs);
        var view = new ParameterView("dense1.weight", [outputs, inputs], _memory, Offset, layout);
        float[] values = [.. Enumerable.Range(0, outputs * inputs)];
        view.CopyFrom(values);

        Assert.Equal(values.Length, view.Length);
        for (var row = 0; row < outputs; row++)
        {
            for (var column = 0; column < inputs; column++)
            {
                Assert.Equal((row * inputs) + column, view[row, column]);
                Assert.Equal(view[row, column], _memory.Span[Offset + (int)layout.Index(row, column)]);
            }
        }

        var copy = new float[values.Length];
        view.CopyTo(copy);
        Assert.Equal(values, copy);
        Assert.Equal(4096 - values.Length, _memory.Span.Count(-1f));
    }

    [Fact]
    public void Vector_and_kernel_of_four_axes_read_in_order()
    {
        var bias = new ParameterView("bias", [5], _memory, Offset, ParameterLayout.Vector(5));
        bias[3] = 7;
        Assert.Equal(7, _memory.Span[Offset + 3]);

        var kernel = new ParameterView("conv1.weight", [2, 3, 4, 5], _memory, Offset, ParameterLayout.Matrix(2, 60));
        kernel.CopyFrom([.. Enumerable.Range(0, 120)]);
        Assert.Equal((((((1 * 3) + 2) * 4) + 3) * 5) + 4, kernel[1, 2, 3, 4]);
        Assert.Equal("conv1.weight [2, 3, 4, 5]", kernel.ToString());
        Assert.Equal([2, 3, 4, 5], kernel.Shape);
    }

    [Fact]
    public void Bad_indices_and_lengths_are_refused_and_change_nothing()
    {
        var view = new ParameterView("w", [2, 3], _memory, Offset, ParameterLayout.Matrix(2, 3));

        Assert.Contains("w [2, 3] has 2 axes, but 1 indices", Assert.Throws<ArgumentException>(() => view[1] = 5).Message, StringComparison.Ordinal);
        Assert.Contains("axis 0 is 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => view[2, 0] = 5).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => view[0, 3] = 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => view[-1, 0]);
        Assert.Throws<ArgumentException>(() => view.CopyFrom(new float[5]));
        Assert.Throws<ArgumentException>(() => view.CopyTo(new float[7]));
        Assert.Equal(-1, _memory.Span.IndexOfAnyExcept(-1f));
    }

    [Fact]
    public void View_of_freed_memory_is_refused()
    {
        var view = new ParameterView("w", [2, 3], _memory, Offset, ParameterLayout.Matrix(2, 3));
        _memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view[0, 0]);
        Assert.Throws<ObjectDisposedException>(() => view[0, 0] = 1);
        Assert.Throws<ObjectDisposedException>(() => view.CopyTo(new float[6]));
        Assert.Throws<ObjectDisposedException>(() => view.CopyFrom(new float[6]));
    }

    public void Dispose()
    {
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }
}
