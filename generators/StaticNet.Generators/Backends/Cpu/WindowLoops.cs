using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes the loops of windows that slide over cells: over lines of places, over the places of a line, over the cells of a place, over
/// blocks of columns of a cell. Bounds of windows that reach out are worked out once a window, never once an element.
/// </summary>
/// <param name="shape">What they slide over.</param>
/// <param name="isOneLine">Whether there is one line of places alone, and memory begins with it.</param>
internal sealed class WindowLoops(SourceWriter writer, PoolShape shape, bool isOneLine = false)
{
    /// <summary>Cells of a window up to which it is unrolled.</summary>
    private const int UnrolledCells = 16;

    /// <summary>Terms of a chain of additions.</summary>
    private const int Chain = 512;

    public PoolShape Shape => shape;

    /// <summary>
    /// Over the lines from <c>firstLine</c> on, and their places. At each there are <c>place</c>, its number, and the bounds <c>top</c>,
    /// <c>bottom</c>, <c>left</c>, <c>right</c> of the cells it has.
    /// </summary>
    /// <param name="writePlace">Writes what is done at a place; it is told whether all cells are there and few enough to unroll.</param>
    /// <param name="writeAfter">Writes what follows the places of a line.</param>
    public void Places(Action<bool> writePlace, Action writeAfter)
    {
        using (writer.Braces("for (var line = firstLine; line < firstLine + lines; line++)"))
        {
            if (shape.PlacesDown > 1)
            {
                writer.Line($"var image = line / {shape.PlacesDown};").Line($"var down = line % {shape.PlacesDown};");
            }
            else
            {
                writer.Line("var image = line;");
            }

            PlacesOfLine(writePlace);
            writeAfter();
        }
    }

    /// <summary>Over the places of a line.</summary>
    /// <param name="writePlace">As above.</param>
    public void PlacesOfLine(Action<bool> writePlace)
    {
        WriteBounds("top", "bottom", shape.Down, shape.Height, "down");
        using (writer.Braces($"for (nuint across = 0; across < {shape.PlacesAcross}; across++)"))
        {
            WriteBounds("left", "right", shape.Across, shape.Width, "across");
            writer.Line(isOneLine ? "var place = across;" : shape.PlacesAcross == 1 ? "var place = line;" : $"var place = (line * {shape.PlacesAcross}) + across;");
            if (shape.Cells > UnrolledCells || !shape.ReachesOut)
            {
                writePlace(shape.Cells <= UnrolledCells);
            }
            else
            {
                using (writer.Braces($"if (bottom - top == {shape.Down.Size} && right - left == {shape.Across.Size})"))
                {
                    writePlace(true);
                }

                using (writer.Braces("else"))
                {
                    writePlace(false);
                }
            }
        }
    }

    /// <summary>Declares the first cell of a place, <c>corner</c>, from which unrolled ones are counted.</summary>
    public void Corner(bool isUnrolled)
    {
        if (isUnrolled)
        {
            writer.Line($"var corner = {Cell("top", "left")};");
        }
    }

    /// <summary>Over the cells of a place.</summary>
    /// <param name="isUnrolled">Whether each has statements of its own.</param>
    /// <param name="writeCell">Writes what is done with a cell; it is told its number.</param>
    public void Cells(bool isUnrolled, Action<string> writeCell)
    {
        if (!isUnrolled)
        {
            Cells("top", "bottom", "left", "right", writeCell);
            return;
        }

        for (var y = 0; y < shape.Down.Size; y++)
        {
            for (var x = 0; x < shape.Across.Size; x++)
            {
                writeCell((y * shape.Width) + x is var offset and > 0 ? $"(corner + {offset})" : "corner");
            }
        }
    }

    /// <summary>Over the cells of a rectangle.</summary>
    public void Cells(string top, string bottom, string left, string right, Action<string> writeCell)
    {
        if (shape.Height == 1)
        {
            Row("0");
            return;
        }

        using (writer.Braces($"for (nuint y = {top}; y < {bottom}; y++)"))
        {
            Row("y");
        }

        void Row(string y)
        {
            using (writer.Braces($"for (nuint x = {left}; x < {right}; x++)"))
            {
                writer.Line($"var cell = {Cell(y, "x")};");
                writeCell("cell");
            }
        }
    }

    /// <summary>Over the cells of a place in chains of additions that are not too long.</summary>
    /// <param name="writeBegin">Writes the begin of a chain.</param>
    /// <param name="writeCell">Writes what is done with a cell; it is told its number.</param>
    /// <param name="writeEnd">Writes the end of a chain.</param>
    public void Chains(Action writeBegin, Action<string> writeCell, Action writeEnd)
    {
        if (shape.Height == 1)
        {
            Rows("0");
            return;
        }

        using (writer.Braces("for (nuint y = top; y < bottom; y++)"))
        {
            Rows("y");
        }

        void Rows(string y)
        {
            if (shape.Across.Size <= Chain)
            {
                Row(y, "left", "right");
                return;
            }

            using (writer.Braces($"for (nuint begin = left; begin < right; begin += {Chain})"))
            {
                Row(y, "begin", $"Math.Min(begin + {Chain}, right)");
            }
        }

        void Row(string y, string first, string end)
        {
            writeBegin();
            writer.Line($"var end = {end};");
            using (writer.Braces($"for (nuint x = {first}; x < end; x++)"))
            {
                writer.Line($"var cell = {Cell(y, "x")};");
                writeCell("cell");
            }

            writeEnd();
        }
    }

    /// <summary>The number of a cell of the image.</summary>
    public string Cell(string y, string x)
    {
        if (isOneLine)
        {
            return shape.Height == 1 ? x : $"({y} * {shape.Width}) + {x}";
        }

        var row = shape.Height == 1 ? "image" : y == "0" ? $"(image * {shape.Height})" : $"((image * {shape.Height}) + {y})";
        return x == "0" ? $"{row} * {shape.Width}" : $"({row} * {shape.Width}) + {x}";
    }

    /// <summary>Over blocks of columns, as many at once as asked for while there are; each gets a scope of its own.</summary>
    public void Blocks(int columns, int together, Action<IReadOnlyList<RowValues.Block>> writeBlocks)
    {
        var full = columns / 16;
        var groups = full / together;
        if (groups > 1)
        {
            using (writer.Braces($"for (nuint column = 0; column < {16 * groups * together}; column += {16 * together})"))
            {
                writeBlocks([.. Enumerable.Range(0, together).Select(b => new RowValues.Block(b == 0 ? "column" : $"column + {16 * b}", 16))]);
            }
        }

        for (var first = groups > 1 ? groups * together : 0; 16 * first < columns; first += together)
        {
            RowValues.Block[] blocks =
            [
                .. Enumerable.Range(first, together).Where(b => 16 * b < columns).Select(b => new RowValues.Block($"{16 * b}", Math.Min(16, columns - (16 * b)))),
            ];
            using (writer.Braces(""))
            {
                writeBlocks(blocks);
            }
        }
    }

    private void WriteBounds(string first, string end, PoolWindow window, int cells, string place)
    {
        if (window.Places(cells) == 1)
        {
            var (from, to) = window.Cells(0, cells);
            writer.Line($"const nuint {first} = {from}, {end} = {to};");
        }
        else if (window.Before > 0)
        {
            writer.Line($"var {first} = {place} * {window.Stride} > {window.Before} ? ({place} * {window.Stride}) - {window.Before} : 0;");
            writer.Line($"var {end} = Math.Min(({place} * {window.Stride}) + {window.Size}, {cells + window.Before}) - {window.Before};");
        }
        else
        {
            writer.Line($"var {first} = {place} * {window.Stride};");
            writer.Line($"var {end} = Math.Min({first} + {window.Size}, {cells});");
        }
    }
}
