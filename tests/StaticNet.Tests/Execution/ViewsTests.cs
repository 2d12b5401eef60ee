using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

public unsafe class ViewsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(10, 500)]
    [InlineData(16, 16)]
    [InlineData(33, 17)]
    [InlineData(40, 3)]
    [InlineData(500, 20)]
    public void Turning_a_weight_matrix_swaps_its_axes_and_clears_its_padding(int outputs, int inputs)
    {
        var (layout, turned) = (ParameterLayout.Matrix(outputs, inputs), ParameterLayout.Matrix(inputs, outputs));
        using var source = new AlignedMemory(layout.Length);
        using var target = new AlignedMemory(turned.Length);
        target.Span.Fill(float.NaN);
        for (var row = 0; row < outputs; row++)
        {
            for (var column = 0; column < inputs; column++)
            {
                source.Span[(int)layout.Index(row, column)] = (1000 * row) + column + 1;
            }
        }

        Views.Turn(source.Address, outputs, inputs, target.Address);

        for (var row = 0; row < outputs; row++)
        {
            for (var column = 0; column < inputs; column++)
            {
                Assert.Equal((1000 * row) + column + 1, target.Span[(int)turned.Index(column, row)]);
            }
        }

        Assert.Equal(turned.Length - (outputs * inputs), target.Span.Count(0f));
    }

    [Fact]
    public void Rows_are_copied_and_cleared_column_by_column_range()
    {
        float[] from = [1, 2, 3, 4, 5, 6], to = [9, 9, 9, 9, 9, 9, 9, 9];
        fixed (float* source = from, target = to)
        {
            Views.CopyRows((nint)source, 3, 1, (nint)target, 4, 2, 2, 0, 2);
            Views.ClearColumns((nint)target, 4, 0, 1, 1, 1);
        }

        Assert.Equal([9, 9, 2, 3, 0, 9, 5, 6], to);
    }
}
