using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// A contraction over 3×3 windows of stride one as products of transformed tiles: 4×4 places of the map come from 6×6 places of the image,
/// which 36 products make where the plain sums have 144. F(4×4, 3×3) in A. Lavin, S. Gray: Fast Algorithms for Convolutional Neural
/// Networks, CVPR 2016.
/// </summary>
/// <remarks>
/// The points 0, ±1, ±2 and ∞ cost accuracy: an error is up to 1e-4 of a tensor's largest element where plain sums stay below 1e-5.
/// </remarks>
/// <param name="Source">What tiles are cut from: the image, or the map when the result is the image.</param>
/// <param name="Places">What is tiled by 4×4: the result, or the map of a weight gradient.</param>
/// <param name="FirstLine">Where in the source the first tile begins; negative or beyond the source there are zeros.</param>
/// <param name="FirstPlace">The same along a line.</param>
internal sealed record WinogradTiles(Node Source, Node Places, int FirstLine, int FirstPlace)
{
    /// <summary>Places of the result along each side of a tile.</summary>
    public const int Size = 4;

    /// <summary>Places of the source along each side.</summary>
    public const int SourceSize = 6;

    /// <summary>Products that make a tile.</summary>
    public const int Points = SourceSize * SourceSize;

    /// <summary>Parts that the tiles of all samples are cut into for a gradient, to be summed by several threads.</summary>
    public const int MaximumParts = 4;

    /// <summary>Floats of transformed weights above which streaming them costs more than the products save.</summary>
    private const int MaximumPoints = 1 << 20;

    /// <summary>Channels of the source.</summary>
    public int Channels => Source.Shape.Last.Size;

    public int Lines => Places.Shape[1].Size;

    public int Width => Places.Shape[2].Size;

    /// <summary>Tiles from top to bottom.</summary>
    public int Down => (Lines + Size - 1) / Size;

    /// <summary>Tiles from left to right.</summary>
    public int Across => (Width + Size - 1) / Size;

    /// <summary>Floats between the points of transformed weights, so that they are an odd number of cache lines apart and fall into different sets.</summary>
    public const int PointGap = 16;

    /// <summary>Floats from one point of transformed weights to the next.</summary>
    public static int PointStride(int channels, int width) => (channels * width) + PointGap;

    /// <summary>Floats of transformed weights: for each panel, each point and each channel a row of the panel.</summary>
    public static int Floats(int channels, int columns) => Points * ((Padding.To16(columns) * channels) + (PointGap * Padding.Panels(columns)));

    /// <summary>The tiles of a contraction; null where it has another form, or where plain sums are quicker.</summary>
    public static WinogradTiles? Of(WindowContract windows)
    {
        if (windows is not { Groups: 1, Height: { Cells: 3, Stride: 1, Dilation: 1 }, Width: { Cells: 3, Stride: 1, Dilation: 1 } }
            || windows.Image.Shape.Rank != 4)
        {
            return null;
        }

        // A map that has its border already, as that of joined groups has, is read line by line.
        var (height, width) = (windows.Height, windows.Width);
        if (height.Border + width.Border > 0)
        {
            return null;
        }

        var tiles = windows.Role == WindowRole.Scatter
            ? new WinogradTiles(windows.Map, windows.Image, -2 - height.Origin, -2 - width.Origin)
            : new WinogradTiles(windows.Image, windows.Map, height.Origin, width.Origin);
        var columns = (windows.Role == WindowRole.Scatter ? windows.Image : windows.Map).Shape.Last.Size;
        var isWhole = tiles.Channels % 16 == 0 && (windows.Role == WindowRole.Weights ? columns % 16 == 0 : columns >= 16);
        return isWhole && tiles.Pays(columns) ? tiles : null;
    }

    /// <summary>
    /// Compares cycles of one sample: two vectors of 16 multiply-adds in each, so many for the transform of 16 channels of a tile and of
    /// 16 weights. These and the shares of the peak that the products reach are estimates for a processor with vectors of 512 bits.
    /// </summary>
    private bool Pays(int columns)
    {
        double tiles = Down * Across, products = Channels * Padding.To16(columns) / 32.0;
        var plain = Lines * Width * 9 * products / 0.85;
        var transforms = (tiles * ((110 * Channels) + (90 * columns)) / 16) + (70.0 * Channels * columns / 16);
        return (tiles * Points * products / 0.8) + transforms < plain && Floats(Channels, columns) <= MaximumPoints;
    }
}
