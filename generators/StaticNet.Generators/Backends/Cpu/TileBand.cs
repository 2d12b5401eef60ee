using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// The lines that a row of tiles is cut from: the image itself where every tile lies within it, otherwise a copy with zeros around it.
/// </summary>
/// <param name="Tiles">The tiles.</param>
/// <param name="Size">Places of a tile along each side.</param>
/// <param name="FirstLine">Where the first tile begins.</param>
/// <param name="FirstPlace">The same along a line.</param>
/// <param name="Lines">Lines of the image.</param>
/// <param name="Width">Places of a line.</param>
/// <param name="Stride">Floats from one place to the next.</param>
internal sealed record TileBand(WinogradTiles Tiles, int Size, int FirstLine, int FirstPlace, int Lines, int Width, int Stride)
{
    /// <summary>Floats of the copy; none where there is none.</summary>
    public int Floats => IsCopied ? Size * BandWidth * Stride : 0;

    private bool IsCopied =>
        FirstLine < 0 || FirstPlace < 0 || FirstLine + ((Tiles.Down - 1) * WinogradTiles.Size) + Size > Lines || FirstPlace + BandWidth > Width;

    private int BandWidth => ((Tiles.Across - 1) * WinogradTiles.Size) + Size;

    /// <summary>Declares where the copy goes, so many floats behind the scratch's begin.</summary>
    public void Declare(SourceWriter writer, string name, int floats)
    {
        if (IsCopied)
        {
            writer.Line($"var {name} = scratch + ({floats} * sizeof(float));");
        }
    }

    /// <summary>Copies the lines from <paramref name="line"/> of the sample on.</summary>
    public void Copy(SourceWriter writer, string name, string address, string line)
    {
        if (IsCopied)
        {
            writer.Line($"Views.CopyBand({address} + (sample * {Lines * Width * Stride} * sizeof(float)), {Lines}, {Width}, {Stride}, {line}, {FirstPlace}, {Size}, {BandWidth}, {name});");
        }
    }

    /// <summary>The tile number <c>across</c>, from a channel on, with how far lines and places are apart.</summary>
    public string Tile(string name, string address, string line, string channel = "")
    {
        var place = FirstPlace > 0 && !IsCopied ? $"((across * 4) + {FirstPlace})" : "across * 4";
        return IsCopied
            ? $"ref Unsafe.Add(ref Address.ToRef({name}), ({place} * {Stride}){channel}), {BandWidth * Stride}, {Stride}"
            : $"ref Unsafe.Add(ref Address.ToRef({address}), (((sample * {Lines}) + {line}) * {Width * Stride}) + ({place} * {Stride}){channel}), {Width * Stride}, {Stride}";
    }
}
