using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Graphs of random operations on random earlier values, with a loss that depends on all of them.</summary>
internal sealed class RandomGraphs
{
    private static readonly string[] Tame =
    [
        "abs", "sqrt", "log", "log1p", "tanh", "tanh within", "sigmoid", "erf", "maximum", "relu", "relu6", "quotient", "leaky relu", "elu", "selu",
        "gelu", "gelu by tanh", "silu", "softplus", "hard sigmoid",
    ];

    private readonly NetworkBuilder _network = new();
    private readonly List<Node> _values = [];
    private readonly HashSet<Node> _used = [];
    private readonly Random _random;
    private int _parameters;

    private RandomGraphs(int seed) => _random = new Random(seed);

    private GraphBuilder Build => _network.Build;

    public static Graph Draw(int seed) => new RandomGraphs(seed).Draw();

    private Graph Draw()
    {
        for (var ordinal = 0; ordinal <= _random.Next(2); ordinal++)
        {
            _values.Add(_network.X(ordinal, [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Small())]));
        }

        for (var steps = 3 + _random.Next(8); steps > 0; steps--)
        {
            _values.Add(Step());
        }

        // What nothing used enters the loss, tamed, so that no operation is idle.
        var weight = Build.Input(InputRole.SampleWeight, 0, "sampleWeight", TensorShape.Batched([1]));
        var terms = _values.Where(value => !_used.Contains(value)).Select(value =>
        {
            var tamed = _network.Apply(UnaryFunction.Tanh, value);
            return Build.Reshape(Build.Reduce(ReduceKind.Sum, tamed, [.. Enumerable.Range(1, value.Shape.Rank - 1)]), TensorShape.Batched([1]));
        });
        Build.Graph.Name("loss", Build.Map((w, sum) => w * sum, weight, terms.Aggregate((a, b) => Build.Map((x, y) => x + y, a, b))));
        return Build.Graph;
    }

    private Node Step() => _random.Next(13) switch
    {
        0 or 1 => _network.Dense(Pick(2), Name(), Small()),
        2 or 3 => Build.Map(SampleScalars.All[Tame[_random.Next(Tame.Length)]], Pick(1)),
        4 or 5 => Together(Pick(1)),
        6 => Reduced(Pick(2)),
        7 => View(Pick(2)),
        8 => _network.Dropout(Pick(2)),
        9 => Pick(3) is var x && _random.Next(2) == 0 ? _network.Scores(x, x) : _network.Softmax(x).Probabilities,
        12 => Pooled(Pick(3)),
        10 => _network.Convolution(
            Padded(Pick(3)), Name(), filters: Small(), width: Small(), stride: 1 + _random.Next(2), dilation: 1 + _random.Next(2), padding: _random.Next(2)),
        _ => _network.TransposedConvolution(
            Pick(3), Name(), filters: Small(), width: 3, stride: 1 + _random.Next(2), padding: _random.Next(2)),
    };

    /// <summary>A value combined with another one that broadcasts with it, or with a parameter that does.</summary>
    private Node Together(Node x)
    {
        var partners = _values.Where(other => Fits(x.Shape, other.Shape)).ToArray();
        var partner = _random.Next(3) > 0
            ? Use(partners[_random.Next(partners.Length)])
            : _network.Parameter(Name(), [.. x.Shape.Extents.Skip(1).Skip(_random.Next(x.Shape.Rank - 1)).Select(e => _random.Next(2) == 0 ? 1 : e.Size)]);
        return Build.Map(
            (a, b) => _random.Next(6) switch
            {
                0 => a + b,
                1 => a - b,
                2 => a * b,
                3 => a / ((b * b) + 1),
                4 => new Binary(BinaryFunction.Maximum, a, b),
                _ => new Select(Comparison.Less, a, b, a * b, a - (0.5 * b)),
            },
            x, partner);
    }

    private Node Reduced(Node x)
    {
        var kind = _random.Next(2) == 0 ? ReduceKind.Sum : ReduceKind.Max;
        int[] axes = [.. Enumerable.Range(_random.Next(2), x.Shape.Rank - 1).Where(axis => axis < x.Shape.Rank && _random.Next(2) == 0)];
        var reduced = Build.Reduce(kind, x, axes.Length == 0 ? [x.Shape.Rank - 1] : axes);

        // Without the batch it is a statistic, which only means something beside samples.
        return reduced.Shape.HasBatch ? reduced : Build.Map((a, s) => a - (0.5 * s), x, reduced);
    }

    private Node Pooled(Node x)
    {
        if (_random.Next(4) == 0)
        {
            return Build.Repeat(x, (1, 1 + _random.Next(3)));
        }

        var kind = (PoolKind)_random.Next(4);
        return Build.Pool(kind, Padded(x), [.. Enumerable.Range(1, 1 + _random.Next(x.Shape.Rank - 2)).Select(axis =>
        {
            var size = 1 + _random.Next(x.Shape[axis].Size);
            return new PoolWindow(axis, size, 1 + _random.Next(3), _random.Next(size), _random.Next(size));
        })]);
    }

    private Node View(Node x)
    {
        var axis = 1 + _random.Next(x.Shape.Rank - 1);
        var size = x.Shape[axis].Size;
        var start = _random.Next(size);
        return _random.Next(5) switch
        {
            0 => Build.Reshape(x, TensorShape.Batched([x.Shape.ConstantSize])),
            1 => Build.Transpose(x, [0, .. Enumerable.Range(1, x.Shape.Rank - 1).OrderBy(_ => _random.Next())]),
            2 => Build.Slice(x, axis, start, 1 + _random.Next(size - start)),
            3 => Build.Pad(x, axis, _random.Next(3), _random.Next(3)),
            _ => Build.Concat(axis, x, Build.Slice(x, axis, start, 1 + _random.Next(size - start)), x),
        };
    }

    /// <summary>An earlier value, reshaped to a rank when it must be.</summary>
    private Node Pick(int rank)
    {
        var value = Use(_values[_random.Next(_values.Count)]);
        return rank < 3 || value.Shape.Rank == 3
            ? value
            : Build.Reshape(value, TensorShape.Batched([value.Shape.Sample.First(), value.Shape.ConstantSize / value.Shape.Sample.First()]));
    }

    private Node Padded(Node x) => Build.Pad(x, axis: 1, 2, 2);

    private Node Use(Node value)
    {
        _used.Add(value);
        return value;
    }

    private static bool Fits(TensorShape a, TensorShape b) =>
        Enumerable.Range(1, Math.Min(a.Rank, b.Rank) - 1).All(i => a[a.Rank - i] == b[b.Rank - i] || a[a.Rank - i].IsOne || b[b.Rank - i].IsOne)
        && a.Rank == b.Rank;

    private int Small() => 1 + _random.Next(3);

    private string Name() => $"p{_parameters++}";
}
