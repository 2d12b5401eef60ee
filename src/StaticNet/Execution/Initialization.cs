namespace StaticNet.Execution;

/// <summary>
/// Gives parameters their first values. A value depends on the seed, the parameter's place in the network and the element's place in
/// PyTorch's order alone: not on how parameters are stored, nor on the machine.
/// </summary>
internal static class Initialization
{
    /// <summary>Sets this stream of random numbers apart from those of shuffling and dropout.</summary>
    private const uint Stream = 0x696E6974;

    /// <summary>Fills the parameter arena; padding stays as it is, zero.</summary>
    public static void Run(NetworkInfo info, int seed, nint parameters)
    {
        var key = Philox.StreamKey(unchecked((ulong)seed), Stream);
        for (var i = 0; i < info.Parameters.Length; i++)
        {
            var parameter = info.Parameters[i];
            var storage = parameters + (nint)(parameter.Offset * sizeof(float));
            switch (parameter.Initializer)
            {
                case InitializerKind.Zeros:
                    Fill(parameter.Layout, storage, 0);
                    break;
                case InitializerKind.Constant:
                    Fill(parameter.Layout, storage, (float)parameter.InitialValue);
                    break;
                default:
                    FillRandom(parameter, key, (ulong)i, storage);
                    break;
            }
        }
    }

    private static void Fill(ParameterLayout layout, nint storage, float value)
    {
        for (var row = 0; row < layout.Rows; row++)
        {
            var (start, step) = layout.Row(row);
            for (var column = 0; column < layout.Columns; column++)
            {
                Element(storage, start, step, column) = value;
            }
        }
    }

    private static void FillRandom(ParameterInfo parameter, ulong key, ulong index, nint storage)
    {
        var layout = parameter.Layout;
        var (spread, normal) = Spread(parameter);
        var block = default((uint Word0, uint Word1, uint Word2, uint Word3));
        var (element, columns) = (0u, layout.ColumnPositions());
        for (var row = 0; row < layout.Rows; row++)
        {
            var (start, step) = layout.Row(row);
            foreach (var column in columns)
            {
                if (element % 4 == 0)
                {
                    block = Philox.Block(key, index, element / 4);
                }

                var bits = (element % 4) switch { 0 => block.Word0, 1 => block.Word1, 2 => block.Word2, _ => block.Word3 };
                var probability = (bits + 0.5) / 4294967296.0;
                var value = normal ? NormalDistribution.Quantile(probability) : (2 * probability) - 1;
                Element(storage, start, step, column) = (float)(spread * value);
                element++;
            }
        }
    }

    /// <summary>The bound of a uniform distribution or the standard deviation of a normal one.</summary>
    private static (double Spread, bool Normal) Spread(ParameterInfo parameter)
    {
        double fanIn = parameter.FanIn;
        double fans = fanIn + parameter.FanOut;
        return parameter.Initializer switch
        {
            InitializerKind.GlorotUniform => (Math.Sqrt(6 / fans), false),
            InitializerKind.GlorotNormal => (Math.Sqrt(2 / fans), true),
            InitializerKind.HeUniform => (Math.Sqrt(6 / fanIn), false),
            InitializerKind.HeNormal => (Math.Sqrt(2 / fanIn), true),
            InitializerKind.LecunUniform => (Math.Sqrt(3 / fanIn), false),
            InitializerKind.LecunNormal => (Math.Sqrt(1 / fanIn), true),
            _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Initializer, $"{parameter.Name} has no such initializer."),
        };
    }

    private static ref float Element(nint storage, long start, int step, int column) =>
        ref Address.ToRef(storage + (nint)((start + ((long)column * step)) * sizeof(float)));
}
