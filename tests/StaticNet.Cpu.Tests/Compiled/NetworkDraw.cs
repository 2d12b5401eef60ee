using System.Globalization;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Random declarations: any layers on any earlier values, at sizes beside those of vectors, tiles and panels.</summary>
internal sealed class NetworkDraw
{
    private static readonly int[] s_widths = [1, 2, 3, 5, 7, 11, 12, 13, 15, 16, 17, 24, 31, 32, 33, 47, 48, 49, 63, 64, 65, 97];

    /// <summary>The last two want at least two values along the last axis.</summary>
    private static readonly string[] s_activations =
    [
        "Relu", "LeakyRelu(0.2)", "Elu", "Selu", "Gelu", "Gelu(Approximation = GeluApproximation.Tanh)", "Silu", "Softplus", "Sigmoid",
        "HardSigmoid", "HardSwish", "Tanh", "Softmax", "LogSoftmax",
    ];

    /// <summary>Numbers and multiply-adds of a sample: the interpreter takes its time.</summary>
    private const int MostNumbers = 600, MostWork = 20_000;

    private readonly Random _random;
    private readonly List<(string Name, int[] Shape)> _values = [];
    private readonly HashSet<string> _unused = [];
    private readonly List<string> _attributes = [];

    private readonly ImageLayerDraw _images;

    private NetworkDraw(int seed)
    {
        _random = new Random(seed);
        _images = new(_random);
    }

    /// <summary>The attributes of a network; the same seed draws the same.</summary>
    public static string Of(int seed) => new NetworkDraw(seed).Draw();

    private string Draw()
    {
        for (var input = _random.Next(4); input >= 0; input--)
        {
            int[] shape = _random.Next(6) switch
            {
                0 or 1 => [_random.Next(1, 9), _random.Next(1, 9), Width(7)],
                2 => [_random.Next(1, 15), Width(33)],
                _ => [Width(65)],
            };
            Add($"Input({string.Join(", ", shape)}, As = \"{{0}}\")", shape);
        }

        for (var steps = 3 + _random.Next(8); steps > 0; steps--)
            Step();

        // Every value is used: those left over are joined.
        var vectors = Array.ConvertAll(_values.Where(value => _unused.Contains(value.Name)).ToArray(), Flat);
        if (vectors.Length > 1)
            Add($"Concat({string.Join(", ", vectors.Select(value => $"\"{value.Name}\""))}, As = \"{{0}}\")", [vectors.Sum(value => value.Shape[0])], vectors);
        End();
        return string.Join(' ', _attributes);
    }

    private void Step()
    {
        var value = Pick();
        if (value.Shape.Length > 1 && _random.Next(3) > 0)
        {
            if (_images.Draw(value.Shape) && _images.Work <= MostWork && _images.Shape.Aggregate((a, b) => a * b) <= MostNumbers)
                Add(With(_images.Layer, $"From = \"{value.Name}\", As = \"{{0}}\""), _images.Shape, value);
            return;
        }

        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                var units = Width(97);
                var bias = _random.Next(4) == 0 ? ", UseBias = false" : "";
                Add($"Dense({units}{bias}, From = \"{value.Name}\", As = \"{{0}}\")", [.. value.Shape.SkipLast(1), units], value);
                break;
            case 3 or 4 or 5:
                var activation = s_activations[_random.Next(s_activations.Length - (value.Shape[^1] > 1 ? 0 : 2))];
                Add(With(activation, $"From = \"{value.Name}\", As = \"{{0}}\""), value.Shape, value);
                break;
            case 6:
                Add($"Dropout({Text(_random.Next(1, 8) / 10.0)}, From = \"{value.Name}\", As = \"{{0}}\")", value.Shape, value);
                break;
            case 7 or 8:
                var others = _values.Where(other => other.Shape.SequenceEqual(value.Shape)).ToArray();
                var other = others[_random.Next(others.Length)];
                Add($"{(_random.Next(2) == 0 ? "Add" : "Multiply")}(\"{value.Name}\", \"{other.Name}\", As = \"{{0}}\")", value.Shape, value, other);
                break;
            default:
                var partners = _values.Where(partner => partner.Shape.SkipLast(1).SequenceEqual(value.Shape.SkipLast(1))).ToArray();
                var partnered = partners[_random.Next(partners.Length)];
                if (value.Shape[^1] + partnered.Shape[^1] <= 130)
                    Add($"Concat(\"{value.Name}\", \"{partnered.Name}\", As = \"{{0}}\")", [.. value.Shape.SkipLast(1), value.Shape[^1] + partnered.Shape[^1]], value, partnered);
                break;
        }
    }

    /// <summary>The output, and a loss that takes it as it is.</summary>
    private void End()
    {
        var classes = 2 + Width(33);
        var smoothing = _random.Next(2) == 0 ? "LabelSmoothing = 0.1" : "";
        var penalty = _random.Next(3) == 0 ? ", L1 = 0.001, L2 = 0.01" : "";
        _attributes.Add(_random.Next(10) switch
        {
            0 => $"[Dense({classes}{penalty}), SoftmaxCrossEntropy({smoothing})]",
            1 => $"[Dense({classes}{penalty}), SoftmaxCrossEntropy(Targets = Targets.OneHot{(smoothing.Length > 0 ? ", " : "")}{smoothing})]",
            2 => $"[Dense({classes}), Softmax, CategoricalCrossEntropy]",
            3 => $"[Dense({classes}), Softmax, CategoricalCrossEntropy(Targets = Targets.OneHot)]",
            4 => $"[Dense({Width(33)}), BinaryCrossEntropy]",
            5 => $"[Dense({Width(33)}), Sigmoid, BinaryCrossEntropy(FromLogits = false)]",
            6 => $"[Dense({Width(65)}), MeanSquaredError(Half = {(_random.Next(2) == 0 ? "true" : "false")})]",
            7 => "[MeanAbsoluteError]",
            8 => $"[Dense({Width(65)}), Huber({Text(0.25 + _random.NextDouble())})]",
            _ => $"[Dense({Width(65)})]",
        });
    }

    private (string Name, int[] Shape) Flat((string Name, int[] Shape) value)
    {
        if (value.Shape.Length == 1)
            return value;
        Add($"Flatten(From = \"{value.Name}\", As = \"{{0}}\")", [value.Shape.Aggregate((a, b) => a * b)], value);
        return _values[^1];
    }

    private void Add(string attribute, int[] shape, params (string Name, int[] Shape)[] operands)
    {
        var name = $"v{_values.Count}";
        _attributes.Add($"[{string.Format(CultureInfo.InvariantCulture, attribute, name)}]");
        _values.Add((name, shape));
        _unused.Add(name);
        foreach (var operand in operands)
            _unused.Remove(operand.Name);
    }

    /// <summary>An earlier value, rather one that nothing uses yet.</summary>
    private (string Name, int[] Shape) Pick()
    {
        var fresh = _values.Where(value => _unused.Contains(value.Name)).ToArray();
        return _random.Next(3) > 0 && fresh.Length > 0 ? fresh[_random.Next(fresh.Length)] : _values[_random.Next(_values.Count)];
    }

    private int Width(int most)
    {
        var widths = s_widths.Where(width => width <= most).ToArray();
        return widths[_random.Next(widths.Length)];
    }

    private static string With(string layer, string arguments) => layer.EndsWith(')') ? $"{layer[..^1]}, {arguments})" : $"{layer}({arguments})";

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
