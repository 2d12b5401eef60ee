namespace StaticNet.Tests.Tensors;

public class ShapeTests
{
    [Fact]
    public void Dimensions_are_their_names()
    {
        var dimensions = typeof(IDimension).Assembly.GetTypes()
            .Where(type => type.IsValueType && !type.IsGenericType && type.IsAssignableTo(typeof(IDimension)))
            .ToDictionary(type => type.Name, type => (int)type.GetProperty("Size")!.GetValue(null)!);

        Assert.Equal(1000, dimensions.Count);
        for (var n = 0; n < 1000; n++) Assert.Equal(n, dimensions[$"N{n}"]);
    }

    [Fact]
    public void Larger_dimensions_are_digits_in_base_1000()
    {
        Assert.Equal(4096, SizeOf<N<N4, N96>>());
        Assert.Equal(1000, SizeOf<N<N1, N0>>());
        Assert.Equal(12_345_678, SizeOf<N<N<N12, N345>, N678>>());
        Assert.Throws<OverflowException>(() => SizeOf<N<N<N<N3, N0>, N0>, N0>>());
    }

    [Fact]
    public void Shapes_tell_rank_size_text_and_extents()
    {
        AssertShape<Shape<N784>>("784", 784);
        AssertShape<Shape<N5, N7>>("5×7", 5, 7);
        AssertShape<Shape<N28, N28, N1>>("28×28×1", 28, 28, 1);
        AssertShape<Shape<N2, N3, N4, N5>>("2×3×4×5", 2, 3, 4, 5);
        AssertShape<Shape<N2, N3, N4, N5, N6>>("2×3×4×5×6", 2, 3, 4, 5, 6);
        AssertShape<Shape<N2, N3, N4, N5, N6, N7>>("2×3×4×5×6×7", 2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public void Shape_is_a_target_of_real_values_and_class_index_one_of_integers()
    {
        Assert.Equal((10, 0, "10"), Target<Shape<N10>>());
        Assert.Equal((1, 10, "class of 10"), Target<ClassIndex<N10>>());
    }

    [Fact]
    public void Inputs_are_their_parts_one_after_the_other()
    {
        AssertInputs<Inputs<Shape<N8>, Shape<N2, N3>>>("8 + 2×3", 8, 6);
        AssertInputs<Inputs<Shape<N1>, Shape<N2>, Shape<N3>>>("1 + 2 + 3", 1, 2, 3);
        AssertInputs<Inputs<Shape<N1>, Shape<N2>, Shape<N3>, Shape<N4>>>("1 + 2 + 3 + 4", 1, 2, 3, 4);
    }

    [Fact]
    public void Size_beyond_an_int_is_an_error() =>
        Assert.Throws<OverflowException>(() => Target<Shape<N999, N999, N999, N999>>());

    private static int SizeOf<TDimension>()
        where TDimension : IDimension => TDimension.Size;

    private static (int Length, int Classes, string Text) Target<TTarget>()
        where TTarget : ITarget => (TTarget.Length, TTarget.Classes, TTarget.Text);

    private static void AssertShape<TShape>(string text, params int[] extents)
        where TShape : IShape
    {
        var copied = new int[TShape.Rank];
        TShape.CopyExtents(copied);
        Assert.Equal(extents, copied);
        Assert.Equal(extents.Aggregate((a, b) => a * b), TShape.Size);
        Assert.Equal((TShape.Size, 0, text), Target<TShape>());
    }

    private static void AssertInputs<TInputs>(string text, params int[] sizes)
        where TInputs : IInputs
    {
        var copied = new int[TInputs.Count];
        TInputs.CopySizes(copied);
        Assert.Equal(sizes, copied);
        AssertShape<TInputs>(text, sizes.Sum());
    }
}
