using StaticNet.Execution;

namespace StaticNet.Tests.Visualization;

public sealed class ImageGridTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_lie_in_rows_and_columns_with_a_margin()
    {
        var grid = new ImageGrid(rows: 2, columns: 3, height: 1, width: 2, scale: 2);
        grid.Draw(1, 2, [0.2f, 1]);
        var picture = Save(grid);

        Assert.Equal((3 * 8, 2 * 6, 1), (picture.Width, picture.Height, picture.Channels));
        for (var y = 0; y < 12; y++)
        {
            for (var x = 0; x < 24; x++)
            {
                var expected = y is 8 or 9 ? x switch { 18 or 19 => 51, 20 or 21 => 255, _ => 0 } : 0;
                Assert.Equal(expected, picture[y, x]);
            }
        }
    }

    [Fact]
    public void Values_outside_their_range_are_black_and_white()
    {
        var grid = new ImageGrid(1, 1, 1, 5, scale: 1);
        grid.Draw(0, 0, [-5, -1, 0, 2, float.NaN], black: -1, white: 1);
        Assert.Equal([0, 0, 128, 255, 0], Save(grid).Pixels[8..13]);
        grid.Draw(0, 0, [1, 1, 1, 1, 1], black: 1, white: 1);
        Assert.Equal(new byte[5], Save(grid).Pixels[8..13]);
    }

    [Fact]
    public void Filters_over_three_channels_are_in_colour()
    {
        // Two filters of 1×2: red, green and blue planes.
        var picture = Save(ImageGrid.Filters(Weight([2, 3, 1, 2], [1, -1, 0, 0.5f, -0.5f, 0, 0, 0, 0, 0, 0, -3]), scale: 1));

        Assert.Equal((8, 3, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal([255, 128, 64], Pixel(1));
        Assert.Equal([0, 191, 128], Pixel(2));
        Assert.Equal([128, 128, 128], Pixel(5));
        Assert.Equal([128, 128, 0], Pixel(6));

        byte[] Pixel(int x) => [picture[1, x, 0], picture[1, x, 1], picture[1, x, 2]];
    }

    [Fact]
    public void Other_filters_are_grey_tiles()
    {
        var single = Save(ImageGrid.Filters(Weight([5, 1, 1, 1], [1, -1, 0, 3, -4]), scale: 1));
        Assert.Equal((9, 6), (single.Width, single.Height));
        Assert.Equal([255, 0, 128, 255, 0, 0], Tiles(single));

        // A row for each output, scaled by the largest weight of all its inputs.
        var pairs = Save(ImageGrid.Filters(Weight([3, 2, 1, 1], [1, 2, -4, 2, 0, 0]), scale: 1));
        Assert.Equal((6, 9), (pairs.Width, pairs.Height));
        Assert.Equal([191, 255, 0, 191, 128, 128], Tiles(pairs));

        Assert.Contains("four axes", Assert.Throws<ArgumentException>(
            () => ImageGrid.Filters(Weight([3, 2], [1, 2, 3, 4, 5, 6]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Activations_have_a_row_for_each_sample_and_a_tile_for_each_channel()
    {
        ReadOnlyBatch<Shape<N1, N2, N3>> activations = [0, 1, 2, 3, 4, 5, -5, 0, 0, 0, 5, 0];
        var picture = Save(ImageGrid.Activations(activations, scale: 1));

        Assert.Equal((12, 6, 1), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal([0, 0, 153, 0, 0, 51, 204, 0, 0, 102, 255, 0], picture.Pixels[12..24]);
        Assert.Equal([0, 0, 128, 0, 0, 128, 255, 0, 0, 128, 128, 0], picture.Pixels[48..60]);
        Assert.Throws<ArgumentException>(() => ImageGrid.Activations<N1, N2, N3>(Array.Empty<float>()));
    }

    [Fact]
    public void Wrong_arguments_change_nothing()
    {
        var grid = new ImageGrid(1, 1, 2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.Draw(1, 0, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.Draw(0, -1, new float[4]));
        Assert.Contains("3 values, but those of this grid have 2×2×1", Assert.Throws<ArgumentException>(
            () => grid.Draw(0, 0, new float[3])).Message, StringComparison.Ordinal);
        Assert.All(Save(grid).Pixels, pixel => Assert.Equal(0, pixel));

        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid(0, 1, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid(1, 1, 2, 2, channels: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid(1, 1, 2, 2, scale: 0));
        Assert.Throws<OverflowException>(() => new ImageGrid(1000, 1000, 100, 100));
        Assert.Throws<DirectoryNotFoundException>(() => grid.Save(_folder[Path.Combine("nowhere", "x.png")]));
        Assert.Throws<ArgumentException>(() => grid.Save(""));
    }

    private PngFile Save(ImageGrid grid)
    {
        grid.Save(_folder["grid.png"]);
        Assert.Equal(["grid.png"], _folder.Files);
        return PngFile.Read(_folder["grid.png"]);
    }

    /// <summary>The middles of 1×1 tiles with a margin of one.</summary>
    private static byte[] Tiles(PngFile picture) =>
        [.. from y in Enumerable.Range(0, picture.Height / 3) from x in Enumerable.Range(0, picture.Width / 3) select picture[(3 * y) + 1, (3 * x) + 1]];

    private static ParameterView Weight(int[] shape, float[] values)
    {
        var view = new ParameterView("conv1.weight", shape, new AlignedMemory(1024), 0, ParameterLayout.Matrix(shape[0], values.Length / shape[0]));
        view.CopyFrom(values);
        return view;
    }
}
