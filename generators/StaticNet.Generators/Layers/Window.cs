using System.Globalization;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>A window along one axis: its elements, how it moves, and the border it may reach into.</summary>
internal readonly record struct WindowAxis(int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>Cells from the first element of the window to behind the last.</summary>
    public int Span => (Dilation * (Kernel - 1)) + 1;

    /// <summary>Cells that places spread their windows over, without the border.</summary>
    public int Spread(int places) => ((places - 1) * Stride) + Span - Before - After;

    /// <summary>How many places it has along so many cells; none when they are too few.</summary>
    public int Places(int cells) => cells + Before + After < Span ? 0 : ((cells + Before + After - Span) / Stride) + 1;
}

/// <summary>The arguments of layers that slide windows: sizes of the window, stride, dilation, padding.</summary>
internal sealed class Window
{
    private readonly Arguments _arguments;
    private readonly int[] _kernel;
    private readonly int[] _stride;
    private readonly int _dilation;
    private readonly Mode _padding;
    private readonly int[]? _pads;

    private Window(Arguments arguments, int[] kernel, int? defaultStride)
    {
        _arguments = arguments;
        _kernel = kernel;
        var stride = arguments.Has("Stride") ? arguments.Positive("Stride") : defaultStride;
        _stride = Array.ConvertAll(kernel, size => stride ?? size);
        _dilation = arguments.Positive("Dilation");
        _padding = arguments.Choice<Mode>("Padding");
        _pads = ReadPads(arguments, kernel.Length);
    }

    /// <summary>The library's <c>Padding</c>, number by number.</summary>
    internal enum Mode { Valid, Same, SameUpper }

    /// <summary>The axes of an image or a sequence that windows slide along.</summary>
    public int Axes => _kernel.Length;

    /// <summary>The sizes of the window, for the shapes of weights.</summary>
    public IReadOnlyList<int> Kernel => _kernel;

    /// <summary>Reads the arguments of a window whose sizes have the given names, one for each axis; a square has one name twice.</summary>
    /// <param name="defaultStride">The stride where none is written: 1, or null for the window's own size.</param>
    public static Window Read(Arguments arguments, int? defaultStride, params string[] kernel)
    {
        var sizes = kernel.Distinct().ToDictionary(name => name, arguments.Positive);
        return new(arguments, Array.ConvertAll(kernel, name => sizes[name]), defaultStride);
    }

    /// <summary>The window along an axis of so many cells.</summary>
    public WindowAxis Along(int axis, int cells)
    {
        var (stride, window) = (_stride[axis], new WindowAxis(_kernel[axis], _stride[axis], _dilation, 0, 0));
        var border = _padding switch
        {
            Mode.Same => window.Span - 1,
            Mode.SameUpper => Math.Max(0, ((((cells + stride - 1) / stride) - 1) * stride) + window.Span - cells),
            _ => 0,
        };
        var (before, after) = _pads switch
        {
            null => (border / 2, border - (border / 2)),
            { Length: 1 } all => (all[0], all[0]),
            { Length: var count } each when count == Axes => (each[axis], each[axis]),
            var sides => (sides[2 * axis], sides[(2 * axis) + 1]),
        };
        return window with { Before = before, After = after };
    }

    /// <summary>The window from whose places an axis is spread: as small a border as leaves each place the stride of its own.</summary>
    public WindowAxis From(int axis, int places)
    {
        var window = Along(axis, places);
        if (_pads is not null || _padding != Mode.SameUpper)
        {
            return window;
        }

        var border = Math.Max(0, window.Span - window.Stride);
        return window with { Before = border / 2, After = border - (border / 2) };
    }

    /// <summary>Whether a value has the axes that the window slides along, and channels; reports when it has not.</summary>
    public bool Fits(Value x)
    {
        if (x.Shape.Count == Axes + 1)
        {
            return true;
        }

        Report(x, Axes == 1 ? "length×channels" : "height×width×channels");
        return false;
    }

    /// <summary>How many places the window has along each axis of [axes…, channels]; null, reported, when it does not fit.</summary>
    public int[]? Places(Value x)
    {
        if (!Fits(x))
        {
            return null;
        }

        var windows = Enumerable.Range(0, Axes).Select(axis => Along(axis, x.Shape[axis])).ToArray();
        var places = windows.Select((window, axis) => window.Places(x.Shape[axis])).ToArray();
        if (places.Contains(0))
        {
            var needed = string.Join("×", windows.Select(w => (w.Span - w.Before - w.After).ToString(CultureInfo.InvariantCulture)));
            Report(x, $"at least {needed}{Arithmetic(windows)}");
            return null;
        }

        return places;
    }

    private void Report(Value x, string requirement) =>
        _arguments.Report(Rules.ShapeMismatch, -1, x.Source, _arguments.Text, requirement, x.Text, x.Shape.ToText());

    /// <summary>Where the least size comes from when it is not just the window's own.</summary>
    private static string Arithmetic(WindowAxis[] windows) => windows.All(w => w.Dilation == 1 && w.Before + w.After == 0)
        ? ""
        : $" ({string.Join(", ", windows.Select(w => $"{w.Dilation}·({w.Kernel}−1)+1−{w.Before + w.After}").Distinct())})";

    private static int[]? ReadPads(Arguments arguments, int axes)
    {
        var pads = arguments.Integers("Pads").ToArray();
        if (pads.Length == 0)
        {
            return null;
        }

        if (pads.Length != 1 && pads.Length != axes && pads.Length != 2 * axes)
        {
            arguments.Report(
                Rules.InvalidArgument, arguments.PositionOf("Pads"), arguments.Kind, "Pads", $"{pads.Length} numbers",
                axes == 1 ? "one number, or two (before, after)" : "one number, two (height, width) or four (top, bottom, left, right)");
            return null;
        }

        for (var i = 0; i < pads.Length; i++)
        {
            if (pads[i] < 0)
            {
                arguments.Invalid("Pads", "at least 0", i);
            }
        }

        if (arguments.Has("Padding"))
        {
            arguments.Invalid("Padding", "left out when Pads says how much");
        }

        return Array.ConvertAll(pads, pad => Math.Max(pad, 0));
    }

    /// <summary>The window as attributes of ONNX's operators, where they are not the defaults. Borders are always written out.</summary>
    /// <param name="along">The window along an axis of so many cells: <see cref="Along"/> or <see cref="From"/>.</param>
    /// <param name="shape">The shape of the image or sequence it slides over.</param>
    public IEnumerable<OnnxAttribute> ToOnnx(Func<int, int, WindowAxis> along, EquatableArray<int> shape)
    {
        var windows = Enumerable.Range(0, Axes).Select(axis => along(axis, shape[axis])).ToList();
        yield return ("kernel_shape", All(window => window.Kernel));
        if (windows.Any(window => window.Stride > 1))
        {
            yield return ("strides", All(window => window.Stride));
        }

        if (windows.Any(window => window.Dilation > 1))
        {
            yield return ("dilations", All(window => window.Dilation));
        }

        if (windows.Any(window => window.Before + window.After > 0))
        {
            yield return ("pads", [.. All(window => window.Before), .. All(window => window.After)]);
        }

        EquatableArray<int> All(Func<WindowAxis, int> of) => [.. windows.Select(of)];
    }

    /// <summary>Groups as an attribute of ONNX's convolutions, where they are not the default.</summary>
    public static IEnumerable<OnnxAttribute> GroupsToOnnx(int groups)
    {
        if (groups > 1)
        {
            yield return ("group", groups);
        }
    }
}
