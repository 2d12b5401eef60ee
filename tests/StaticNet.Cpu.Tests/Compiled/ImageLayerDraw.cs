namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>A random layer on an image [height, width, channels] or a sequence [length, channels], and the shape it gives.</summary>
internal sealed class ImageLayerDraw(Random random)
{
    private static readonly int[] s_filters = [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 24, 32, 33, 35];

    /// <summary>The layer that was drawn, without <c>From</c> and <c>As</c>.</summary>
    public string Layer { get; private set; } = "";

    public int[] Shape { get; private set; } = [];

    /// <summary>Multiply-adds of one sample.</summary>
    public long Work { get; private set; }

    /// <summary>Draws a layer. False when what was drawn does not fit.</summary>
    public bool Draw(int[] shape)
    {
        var (rank, channels) = (shape.Length - 1, shape[^1]);
        Work = 0;
        switch (random.Next(rank == 1 ? 6 : 14))
        {
            case 0 or 1:
                var filters = s_filters[random.Next(s_filters.Length)];
                return Convolve($"Conv{rank}D", shape, filters, isGrouped: true);
            case 2:
                return Pool($"MaxPool{rank}D", shape);
            case 3:
                return Pool($"AveragePool{rank}D", shape);
            case 4:
                return Is(random.Next(3) == 0 ? "BatchNorm(Momentum = 0.3)" : random.Next(2) == 0 ? "BatchNorm" : "BatchNorm(Affine = false)", shape);
            case 5:
                return Is("LayerNorm", shape) && channels > 1;
            case 6 or 7:
                return Convolve("DepthwiseConv2D", shape, filters: null);
            case 8:
                return Is(random.Next(2) == 0 ? "GlobalAveragePool2D" : "GlobalMaxPool2D", [channels]);
            case 9:
                var factor = random.Next(2, 4);
                return Is($"Upsample2D({factor}{(random.Next(2) == 0 ? "" : ", Mode = Interpolation.Bilinear")})", [factor * shape[0], factor * shape[1], channels]);
            case 10:
                int[] sides = [random.Next(3), random.Next(3), random.Next(3), random.Next(3)];
                return Is($"ZeroPad2D({string.Join(", ", sides)})", [shape[0] + sides[0] + sides[1], shape[1] + sides[2] + sides[3], channels]);
            case 11:
                var groups = Divisor(channels);
                return Is($"GroupNorm({groups})", shape) && shape[0] * shape[1] * channels / groups > 1;
            case 12:
                return Is($"LocalResponseNorm({random.Next(1, 6)}, Alpha = 0.5)", shape);
            default:
                return Is($"Reshape({shape[1]}, {shape[0]}, {channels})", [shape[1], shape[0], channels]);
        }
    }

    private bool Convolve(string kind, int[] shape, int? filters, bool isGrouped = false)
    {
        var (rank, channels) = (shape.Length - 1, shape[^1]);
        var isSquare = rank == 1 || filters is null || random.Next(3) > 0;
        var first = random.Next(1, 5);
        int[] kernel = [.. Enumerable.Range(0, rank).Select(axis => isSquare || axis == 0 ? first : random.Next(1, 5))];
        var dilation = random.Next(4) == 0 ? 2 : 1;
        var groups = isGrouped && random.Next(3) == 0 ? Divisor(channels) : 1;
        filters = filters is { } count ? (count + groups - 1) / groups * groups : null;
        if (Window(shape, kernel, defaultStride: 1, dilation) is not var (arguments, places))
            return false;
        Work = places.Aggregate(1L, (a, b) => a * b) * kernel.Aggregate((a, b) => a * b) * (filters is { } f ? (long)f * channels / groups : channels);
        var sizes = isSquare ? $"{first}" : string.Join(", ", kernel);
        var more = $"{(dilation > 1 ? ", Dilation = 2" : "")}{(groups > 1 ? $", Groups = {groups}" : "")}{(random.Next(4) == 0 ? ", UseBias = false" : "")}";
        return Is($"{kind}({(filters is null ? "" : $"{filters}, ")}{sizes}{arguments}{more})", [.. places, filters ?? channels]);
    }

    private bool Pool(string kind, int[] shape)
    {
        var size = random.Next(1, 4);
        var kernel = Enumerable.Repeat(size, shape.Length - 1).ToArray();
        if (Window(shape, kernel, defaultStride: size, dilation: 1, mayPad: size > 1) is not var (arguments, places))
            return false;
        var counted = kind[0] == 'A' && random.Next(2) == 0 ? ", CountPadding = false" : "";
        return Is($"{kind}({size}{arguments}{counted})", [.. places, shape[^1]]);
    }

    /// <summary>Stride and padding as they are written, and how many places the window has; null where it does not fit.</summary>
    private (string Arguments, int[] Places)? Window(int[] shape, int[] kernel, int defaultStride, int dilation, bool mayPad = true)
    {
        var stride = random.Next(2) == 0 ? defaultStride : random.Next(1, 4);
        var padding = mayPad ? random.Next(4) : 0;
        int[] pads = [.. kernel.SelectMany(size => (int[])[random.Next(size), random.Next(size)])];
        var places = new int[kernel.Length];
        for (var axis = 0; axis < kernel.Length; axis++)
        {
            var (cells, span) = (shape[axis], ((kernel[axis] - 1) * dilation) + 1);
            var border = padding switch { 1 => span - 1, 3 => pads[2 * axis] + pads[(2 * axis) + 1], _ => 0 };
            places[axis] = padding == 2 ? (cells + stride - 1) / stride : cells + border < span ? 0 : ((cells + border - span) / stride) + 1;
        }

        var written = padding switch { 1 => ", Padding = Padding.Same", 2 => ", Padding = Padding.SameUpper", 3 => $", Pads = [{string.Join(", ", pads)}]", _ => "" };
        return places.Contains(0) ? null : ($"{(stride == defaultStride ? "" : $", Stride = {stride}")}{written}", places);
    }

    private int Divisor(int count)
    {
        int[] divisors = [.. Enumerable.Range(1, count).Where(divisor => count % divisor == 0)];
        return divisors[random.Next(divisors.Length)];
    }

    private bool Is(string layer, int[] shape)
    {
        (Layer, Shape) = (layer, shape);
        return StaticNet.Generators.Layers.LayerCatalog.Parts.ContainsKey(layer.Split('(')[0]);
    }
}
