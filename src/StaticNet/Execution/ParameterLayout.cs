using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>
/// Where an element of a parameter, counted as PyTorch counts, is stored: a function of shape and role alone. Weight matrices [outputs, inputs]
/// lie in panels of <see cref="PanelWidth"/> outputs, panel after panel, each panel input by input: the order in which kernels stream them.
/// Those of convolutions, [outputs, inputs, cells of the window], go cell by cell and input by input in each; dense layers over a flattened
/// image do the same. The last panel is as narrow as whole vectors of 16 allow. Everything else lies in order, but for features of images.
/// Padding is zero and stays zero.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParameterLayout
{
    /// <summary>Outputs in a full panel.</summary>
    public const int PanelWidth = 32;

    /// <summary>Floats in the widest vector: the unit of padding.</summary>
    public const int Lanes = 16;

    private readonly FeatureOrder _outputs;
    private readonly FeatureOrder _inputs;

    private ParameterLayout(FeatureOrder outputs, FeatureOrder inputs, bool panels) => (_outputs, _inputs, Panels) = (outputs, inputs, panels);

    /// <summary>Outputs; one for a vector.</summary>
    public int Rows => _outputs.Length;

    /// <summary>Inputs of one output; the length of a vector.</summary>
    public int Columns => _inputs.Length;

    /// <summary>Whether the matrix lies in panels.</summary>
    public bool Panels { get; }

    /// <summary>Floats in storage, padding included.</summary>
    public long Length => Panels ? (long)PaddedTo16(Rows) * Columns : PaddedTo16(Columns);

    /// <summary>The layout that a tensor has by its shape alone: what has rows lies in panels, and no features are of an image.</summary>
    /// <param name="shape">In PyTorch's order.</param>
    public static ParameterLayout Of(int[] shape)
    {
        var (size, cells) = (1, 1);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            size = checked(size * shape[axis]);
            cells = axis < 2 ? 1 : cells * shape[axis];
        }

        return shape.Length < 2 || size == 0 ? Vector(size) : Matrix(shape[0], size / shape[0], cells);
    }

    /// <summary>The layout that a text says, as <see cref="ToString"/> writes it.</summary>
    /// <exception cref="FormatException">The text says nothing of the kind.</exception>
    public static ParameterLayout Parse(string text) => text.Split(' ') switch
    {
        { Length: 3 } parts when parts[0] == "matrix" => Matrix(FeatureOrder.Parse(parts[1]), FeatureOrder.Parse(parts[2])),
        { Length: 2 } parts when parts[0] == "vector" => Vector(FeatureOrder.Parse(parts[1])),
        _ => throw new FormatException($"'{text}' is no layout."),
    };

    /// <summary>The layout of a weight matrix [outputs, inputs]; the inputs of a window or of a flattened image are [channels, cells].</summary>
    public static ParameterLayout Matrix(int outputs, int inputs, int cells = 1) =>
        Matrix(new FeatureOrder(outputs), new FeatureOrder((inputs / cells, cells)));

    /// <summary>The layout of a weight matrix whose outputs, inputs or both are features of images.</summary>
    public static ParameterLayout Matrix(FeatureOrder outputs, FeatureOrder inputs) => new(outputs, inputs, panels: true);

    /// <summary>The layout of a vector.</summary>
    public static ParameterLayout Vector(int length) => Vector(new FeatureOrder(length));

    /// <summary>The layout of a vector that has an element for each of some features.</summary>
    public static ParameterLayout Vector(FeatureOrder features) => new(new FeatureOrder(1), features, panels: false);

    /// <summary>Kind and features: <c>matrix 512 64x25</c>, <c>vector 10</c>.</summary>
    public override string ToString() => Panels ? $"matrix {_outputs} {_inputs}" : $"vector {_inputs}";

    /// <summary>Rounds up to whole vectors of 16.</summary>
    public static int PaddedTo16(int length) => (length + Lanes - 1) / Lanes * Lanes;

    /// <summary>The position of element [row, column] in storage.</summary>
    public long Index(int row, int column)
    {
        var (start, step) = Row(row);
        return start + ((long)_inputs.Position(column) * step);
    }

    /// <summary>Where a row begins in storage, and how far its columns are apart; <see cref="ColumnPositions"/> tells their order.</summary>
    public (long Start, int Step) Row(int row)
    {
        if (!Panels)
        {
            return (0, 1);
        }

        var output = RowPosition(row);
        var first = output / PanelWidth * PanelWidth;
        return (((long)first * Columns) + (output - first), Math.Min(PanelWidth, PaddedTo16(Rows) - first));
    }

    /// <summary>The number of rows that lie before one in storage.</summary>
    public int RowPosition(int row) => _outputs.Position(row);

    /// <summary>For each column the number of columns that lie before it in storage.</summary>
    public int[] ColumnPositions() => _inputs.Positions();
}
