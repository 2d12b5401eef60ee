using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>
/// Where an element of a parameter is stored: a function of shape and role alone. Weight matrices [outputs, inputs] lie in panels of
/// <see cref="PanelWidth"/> outputs, panel after panel, each panel input by input: the order in which kernels stream them. Those of
/// convolutions, [outputs, inputs, cells of the window], go cell by cell and input by input in each. The last panel is as narrow as whole
/// vectors of 16 allow. Everything else lies in order. Padding is zero and stays zero.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ParameterLayout
{
    /// <summary>Outputs in a full panel.</summary>
    public const int PanelWidth = 32;

    /// <summary>Floats in the widest vector: the unit of padding.</summary>
    public const int Lanes = 16;

    private ParameterLayout(int rows, int columns, int cells, bool panels) => (Rows, Columns, Cells, Panels) = (rows, columns, cells, panels);

    /// <summary>Outputs; one for a vector.</summary>
    public int Rows { get; }

    /// <summary>Inputs of one output; the length of a vector.</summary>
    public int Columns { get; }

    /// <summary>Cells of the window that the inputs are seen through; 1 when there is none.</summary>
    public int Cells { get; }

    /// <summary>Whether the matrix lies in panels.</summary>
    public bool Panels { get; }

    /// <summary>Floats in storage, padding included.</summary>
    public long Length => Panels ? (long)PaddedTo16(Rows) * Columns : PaddedTo16(Columns);

    /// <summary>The layout of a weight matrix [outputs, inputs]; the inputs of a window are [channels, cells].</summary>
    public static ParameterLayout Matrix(int outputs, int inputs, int cells = 1) => new(outputs, inputs, cells, panels: true);

    /// <summary>The layout of a vector.</summary>
    public static ParameterLayout Vector(int length) => new(1, length, 1, panels: false);

    /// <summary>Rounds up to whole vectors of 16.</summary>
    public static int PaddedTo16(int length) => (length + Lanes - 1) / Lanes * Lanes;

    /// <summary>The position of element [row, column] in storage; columns count channel by channel, cell by cell in each.</summary>
    public long Index(int row, int column)
    {
        if (!Panels)
        {
            return column;
        }

        var first = row / PanelWidth * PanelWidth;
        var width = Math.Min(PanelWidth, PaddedTo16(Rows) - first);
        var (channel, cell) = (column / Cells, column % Cells);
        return ((long)first * Columns) + ((((long)cell * (Columns / Cells)) + channel) * width) + (row - first);
    }
}
