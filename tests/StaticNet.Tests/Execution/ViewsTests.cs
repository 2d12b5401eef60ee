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

        for (var panel = 0; panel * ParameterLayout.PanelWidth < inputs; panel++)
        {
            Views.TurnPanel(source.Address, outputs, inputs, panel, target.Address + (panel * ParameterLayout.PanelWidth * outputs * sizeof(float)));
        }

        for (var row = 0; row < outputs; row++)
        {
            for (var column = 0; column < inputs; column++)
            {
                Assert.Equal((1000 * row) + column + 1, target.Span[(int)turned.Index(column, row)]);
            }
        }

        Assert.Equal(turned.Length - (outputs * inputs), target.Span.Count(0f));
    }

    /// <summary>Output o of group g reads, of the inputs of the groups together, those of g.</summary>
    [Theory]
    [InlineData(6, 2, 3, 3)]
    [InlineData(64, 3, 4, 2)]
    [InlineData(48, 5, 2, 1)]
    [InlineData(64, 16, 2, 1)]
    [InlineData(96, 32, 6, 2)]
    public void Weights_of_joined_groups_are_zero_between_groups(int outputs, int inputs, int groups, int together)
    {
        const int cells = 2;
        var (own, joined) = (outputs / groups, together * inputs);
        var (apart, wide) = (ParameterLayout.Matrix(outputs, inputs * cells, cells), ParameterLayout.Matrix(outputs, joined * cells, cells));
        var turned = ParameterLayout.Matrix(groups * inputs, together * own * cells, cells);
        using var source = new AlignedMemory(apart.Length);
        using var target = new AlignedMemory(wide.Length);
        using var other = new AlignedMemory(turned.Length);
        using var back = new AlignedMemory(apart.Length);
        foreach (var memory in new[] { target, other, back })
        {
            memory.Span.Fill(float.NaN);
        }

        var elements = (from output in Enumerable.Range(0, outputs)
                        from input in Enumerable.Range(0, inputs)
                        from cell in Enumerable.Range(0, cells)
                        select (output, input, cell)).ToArray();
        foreach (var (output, input, cell) in elements)
        {
            source.Span[(int)apart.Index(output, (input * cells) + cell)] = (1000 * output) + (10 * input) + cell + 1;
        }

        for (var cell = 0; cell < cells; cell++)
        {
            Views.JoinGroups(source.Address, outputs, inputs, cells, groups, together, cell, target.Address);
            Views.TurnGroups(source.Address, outputs, inputs, cells, groups, together, cell, other.Address);
        }

        for (var panel = 0; 32 * panel < outputs; panel++)
        {
            var address = back.Address + (32 * panel * inputs * cells * sizeof(float));
            Views.PartGroups(target.Address, outputs, inputs, cells, groups, together, panel, address, accumulate: false);
            Views.PartGroups(target.Address, outputs, inputs, cells, groups, together, panel, address, accumulate: true);
        }

        foreach (var (output, input, cell) in elements)
        {
            var group = output / own;
            var expected = (1000 * output) + (10 * input) + cell + 1;
            Assert.Equal(expected, target.Span[(int)wide.Index(output, ((((group % together) * inputs) + input) * cells) + cell)]);
            Assert.Equal(expected, other.Span[(int)turned.Index((group * inputs) + input, ((((group % together) * own) + (output % own)) * cells) + cells - 1 - cell)]);
            Assert.Equal(2 * expected, back.Span[(int)apart.Index(output, (input * cells) + cell)]);
        }

        Assert.Equal(wide.Length - elements.Length, target.Span.Count(0f));
        Assert.Equal(turned.Length - elements.Length, other.Span.Count(0f));
        Assert.Equal(apart.Length - elements.Length, back.Span.Count(0f));
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(1, 1)]
    [InlineData(-6, 0)]
    [InlineData(0, 7)]
    public void A_band_has_zeros_where_the_image_ends(int line, int place)
    {
        // An image of 5×7 places of 2 channels and a band of 4×6.
        float[] image = [.. Enumerable.Range(0, 5 * 7 * 2).Select(i => i + 1f)], band = [.. Enumerable.Repeat(float.NaN, 4 * 6 * 2)];
        fixed (float* source = image, target = band)
        {
            Views.CopyBand((nint)source, 5, 7, 2, line, place, 4, 6, (nint)target);
        }

        for (var i = 0; i < band.Length; i++)
        {
            var (y, x) = (line + (i / 12), place + (i / 2 % 6));
            Assert.Equal(y is >= 0 and < 5 && x is >= 0 and < 7 ? image[(((y * 7) + x) * 2) + (i % 2)] : 0f, band[i]);
        }
    }

    [Fact]
    public void A_box_goes_to_its_place_and_around_it_is_zero()
    {
        // Two images of 2×3 rows of 2: rows 1 and 2 of the second line to line 1, row 1 of 3×4 rows of 3, of which 2 are columns.
        float[] from = [.. Enumerable.Range(1, 24).Select(i => (float)i)], to = [.. Enumerable.Repeat(9f, 72)];
        var box = new RowBox(new(2, 1, 3, 1, 1), new(3, 1, 4, 1, 2), new(2, 0, 2, 0, 2));
        fixed (float* source = from, target = to)
        {
            Views.CopyBox((nint)source, 2, (nint)target, 3, box, 0, 6);
            Views.ClearAround((nint)target, 3, box, 0, 6);
        }

        foreach (var image in (int[])[0, 1])
        {
            float[] line = [0, 0, 0, 9 + (12 * image), 10 + (12 * image), 9, 11 + (12 * image), 12 + (12 * image), 9, 0, 0, 0];
            Assert.Equal([.. new float[12], .. line, .. new float[12]], to[(36 * image)..(36 * (image + 1))]);
        }
    }

    [Fact]
    public void Boxes_of_whole_rows_are_copied_line_by_line()
    {
        float[] from = [1, 2, 3, 4, 5, 6, 7, 8], to = new float[18];
        var box = new RowBox(new(2, 0, 3, 1, 2), new(2, 0, 3, 1, 2), new(2, 0, 2, 0, 2));
        fixed (float* source = from, target = to)
        {
            Views.CopyBox((nint)source, 2, (nint)target, 2, box, 2, 1);
        }

        Assert.Equal([.. new float[14], 5, 6, 7, 8], to);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 1, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(0, 3, 1, 2)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(2, 0, 3, 1)]
    public void Axes_are_put_into_any_order(params int[] order)
    {
        int[] extents = [2, 3, 4, 5], shape = [.. order.Select(axis => extents[axis])];
        var own = Steps(extents[..order.Length]);
        var (size, steps) = (shape.Aggregate(1, (a, b) => a * b), Steps(shape));
        float[] from = [.. Enumerable.Range(1, 3 * size).Select(i => (float)i)], to = new float[3 * size];
        fixed (float* source = from, target = to)
        {
            Views.Transpose((nint)source, size, (nint)target, size, shape, [.. order.Select(axis => own[axis])], steps, 0, (nuint)(2 * shape[0]));
            Views.Transpose((nint)source, size, (nint)target, size, shape, [.. order.Select(axis => own[axis])], steps, (nuint)(2 * shape[0]), (nuint)shape[0]);
        }

        for (var i = 0; i < to.Length; i++)
        {
            var position = shape.Select((extent, axis) => i % size / steps[axis] % extent * own[order[axis]]).Sum();
            Assert.Equal(from[(i / size * size) + position], to[i]);
        }

        static int[] Steps(int[] extents) => [.. extents.Select((_, axis) => extents.Skip(axis + 1).Aggregate(1, (a, b) => a * b))];
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
