using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>The order of parameters in memory, as the run time's <c>ParameterLayout</c> has it.</summary>
internal static class Padding
{
    /// <summary>Outputs in a full panel of a weight matrix.</summary>
    public const int PanelWidth = 32;

    /// <summary>Rounds up to whole vectors of 16.</summary>
    public static int To16(int length) => (length + 15) / 16 * 16;

    public static int Panels(int outputs) => (outputs + PanelWidth - 1) / PanelWidth;

    /// <summary>Columns of the last panel in storage: 16 or 32.</summary>
    public static int LastPanelWidth(int outputs) => To16(outputs) - ((Panels(outputs) - 1) * PanelWidth);

    /// <summary>Floats that a parameter takes in storage.</summary>
    public static int Floats(ParameterSpec parameter) => parameter.Role == ParameterRole.Weight
        ? To16(parameter.Shape[0]) * parameter.Columns
        : To16(parameter.Size);

    /// <summary>Where an element, counted as the graph counts, lies in a parameter's storage.</summary>
    public static int Index(ParameterSpec parameter, int element)
    {
        if (parameter.Role != ParameterRole.Weight)
        {
            return element;
        }

        var (row, column) = (element / parameter.Columns, element % parameter.Columns);
        var (input, cell) = (column / parameter.Cells, column % parameter.Cells);
        var first = row / PanelWidth * PanelWidth;
        var width = Math.Min(PanelWidth, To16(parameter.Shape[0]) - first);
        return (first * parameter.Columns) + (((cell * parameter.Shape[1]) + input) * width) + (row - first);
    }
}
