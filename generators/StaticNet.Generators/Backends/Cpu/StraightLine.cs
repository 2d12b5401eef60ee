using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Writes a whole graph as straight-line code: every number of a sample is a variable, and the vector lanes are samples. Activations
/// stay in registers, nothing is looped over but the batch.
/// </summary>
internal sealed class StraightLine
{
    private readonly Graph _graph;
    private readonly ParameterPlaces _parameters;
    private readonly SourceWriter _writer;
    private readonly VectorDialect _dialect;
    private readonly ExpressionEmitter _emitter;
    private readonly Dictionary<Node, string?[]> _values = [];
    private readonly Dictionary<Node, List<ParameterSpec>> _gradients = [];

    private StraightLine(Graph graph, ParameterPlaces parameters, SourceWriter writer, VectorDialect dialect)
    {
        (_graph, _parameters, _writer, _dialect) = (graph, parameters, writer, dialect);
        _emitter = new ExpressionEmitter(writer, dialect);
        foreach (var parameter in graph.Parameters)
        {
            var spec = ((ParameterOperation)parameter.Operation).Parameter;
            if (graph.Has(Differentiate.GradientOf(spec.Name)))
            {
                var gradient = Fuse.Storage(graph[Differentiate.GradientOf(spec.Name)]);
                if (!_gradients.TryGetValue(gradient, out var alike))
                {
                    // Parameters that are used alike share one gradient.
                    _gradients[gradient] = alike = [];
                }

                alike.Add(spec);
            }
        }
    }

    /// <summary>Whether straight-line code exists for all operations of a graph: sample by sample, nothing is known of the others.</summary>
    public static bool CanWrite(Graph graph) => graph.Nodes.All(node => node.Operation switch
    {
        RandomOperation or PoolOperation or PoolGradientOperation or ExtentOperation or StateWriteOperation or GroupsOperation => false,
        MapOperation => node.Shape.HasBatch,
        _ => true,
    });

    /// <summary>The multiplications that the sums of a graph need for one sample: a bound of its statements before they are written.</summary>
    /// <remarks>Of weights that are literals those that are zero take none.</remarks>
    public static long Products(Graph graph, ParameterPlaces parameters)
    {
        return graph.Nodes.Sum(node => node.Operation is ContractOperation contract
            ? (long)Math.Ceiling(contract.Domain.Where(e => !e.IsSymbol).Aggregate(1d, (product, e) => product * e.Size) * node.Operands.Min(Density))
            : 0);

        double Density(Node operand) => Literals(operand, parameters) is { Length: > 0 } values ? values.Count(value => value != 0) / (double)values.Length : 1;
    }

    /// <summary>Memory that the code reads and writes, in the order of its parameters.</summary>
    public static IEnumerable<string> Memory(Graph graph, ParameterPlaces parameters)
    {
        foreach (var input in graph.Inputs.Select(i => (InputOperation)i.Operation))
        {
            yield return input.Role switch
            {
                InputRole.Data => $"input{input.Ordinal}",
                InputRole.Target => "target",
                InputRole.SampleWeight => "sampleWeights",
                _ => "outputGradient",
            };
        }

        if (graph.Parameters.Any(parameter => Literals(parameter, parameters) is null))
        {
            yield return "parameters";
        }

        foreach (var (name, _) in Results(graph))
        {
            yield return name;
        }

        if (graph.Parameters.Any(p => graph.Has(Differentiate.GradientOf(((ParameterOperation)p.Operation).Parameter.Name))))
        {
            yield return "gradients";
        }
    }

    /// <summary>What the code writes for every sample, by the name of its memory. A backward pass starts at the output and does not write it.</summary>
    private static IEnumerable<(string Memory, Node Value)> Results(Graph graph)
    {
        var isBackward = graph.Inputs.Any(i => i.Operation is InputOperation { Role: InputRole.OutputGradient });
        foreach (var (name, value) in graph.Outputs.Where(o => o.Value.Shape.HasBatch && !(isBackward && o.Name == Lower.Output)))
        {
            yield return (name switch
            {
                Lower.Output => "output",
                Lower.Loss => "losses",
                _ => $"inputGradient{graph.Inputs.Select(i => ((InputOperation)i.Operation).Ordinal).First(i => name == Differentiate.GradientOfInput(i))}",
            }, value);
        }
    }

    public static string Signature(Graph graph, ParameterPlaces parameters) =>
        $"{string.Join(", ", Memory(graph, parameters).Select(name => $"nint {name}Address"))}, nuint firstRow, nuint rows";

    /// <summary>Writes the method of one width.</summary>
    public static void Write(Graph graph, ParameterPlaces parameters, SourceWriter writer, VectorDialect dialect)
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"internal static void {KernelLibrary.Name}({Signature(graph, parameters)})"))
        {
            foreach (var name in Memory(graph, parameters))
            {
                writer.Line($"ref var {name} = ref Address.ToRef({name}Address);");
            }

            using (writer.Braces($"for (var sample = firstRow; sample < firstRow + rows; sample += {dialect.Lanes})"))
            {
                writer.Line("var count = firstRow + rows - sample;");
                if (dialect.Lanes < 16 && Memory(graph, parameters).Contains("gradients"))
                {
                    writer.Line("var lane = sample % 16;");
                }

                new StraightLine(graph, parameters, writer, dialect).WriteGraph();
            }
        }
    }

    private void WriteGraph()
    {
        var origin = "";
        foreach (var node in _graph.Nodes)
        {
            if (node.Origin != origin && node.Operation is not (ParameterOperation or InputOperation or ConstantOperation))
            {
                origin = node.Origin;
                _writer.Line().Line($"// {origin}");
            }

            _values[node] = Compute(node);
        }

        foreach (var (memory, value) in Results(_graph))
        {
            _writer.Line().Line($"// {memory}");
            string[] elements = [.. Enumerable.Range(0, value.Shape.ConstantSize).Select(i => Value(value, i))];
            if (memory.StartsWith("inputGradient", StringComparison.Ordinal))
            {
                using (_writer.Braces($"if ({memory}Address != 0)"))
                {
                    Scatter();
                }
            }
            else
            {
                Scatter();
            }

            void Scatter()
            {
                for (var i = 0; i < elements.Length; i++)
                {
                    _writer.Line($"Lanes.Scatter({elements[i]}, {At(memory, elements.Length, i)}, {elements.Length}, count);");
                }
            }
        }
    }

    private string?[] Compute(Node node)
    {
        var size = node.Shape.ConstantSize;
        return node.Operation switch
        {
            InputOperation or ParameterOperation => new string?[size],
            ConstantOperation constant => [_emitter.Number(constant.Value)],
            ReshapeOperation when _gradients.ContainsKey(Fuse.Storage(node)) => [],
            ContractOperation contract => Contract(node, contract),
            MapOperation map => Each(size, i => _emitter.Write(
                map.Body,
                [.. node.Operands.Select(o => Value(o, Elements.Broadcast(o.Shape, node.Shape, i)))],
                axis => _emitter.Number(Elements.Index(node.Shape, i)[axis]))),
            ReduceOperation reduce => Reduce(node, reduce),
            ReshapeOperation or StopGradientOperation => Each(size, i => Value(node.Operands[0], i)),
            TransposeOperation transpose => Each(size, i => Value(node.Operands[0], Elements.Position(node.Operands[0].Shape, Elements.Undo(transpose.Order, Elements.Index(node.Shape, i))))),
            SliceOperation slice => Each(size, i => Value(node.Operands[0], Elements.Position(node.Operands[0].Shape, Elements.Shift(Elements.Index(node.Shape, i), slice.Axis, slice.Start)))),
            PadOperation pad => Each(size, i =>
            {
                var index = Elements.Shift(Elements.Index(node.Shape, i), pad.Axis, -pad.Before);
                var inside = index[pad.Axis] >= 0 && index[pad.Axis] < node.Operands[0].Shape[pad.Axis].Size;
                return inside ? Value(node.Operands[0], Elements.Position(node.Operands[0].Shape, index)) : _emitter.Number(0);
            }),
            ConcatOperation concat => Each(size, i =>
            {
                var index = Elements.Index(node.Shape, i);
                var operand = 0;
                for (; index[concat.Axis] >= node.Operands[operand].Shape[concat.Axis].Size; operand++)
                {
                    index[concat.Axis] -= node.Operands[operand].Shape[concat.Axis].Size;
                }

                return Value(node.Operands[operand], Elements.Position(node.Operands[operand].Shape, index));
            }),
            _ => throw new NotSupportedException($"No straight-line code for {node}."),
        };

        static string?[] Each(int size, Func<int, string> value) => [.. Enumerable.Range(0, size).Select(value)];
    }

    private string?[] Contract(Node node, ContractOperation contract)
    {
        var result = new string?[node.Shape.ConstantSize];
        foreach (var point in Elements.Points(contract.Domain))
        {
            var (a, b) = (node.Operands[0], node.Operands[1]);
            if (Read(a, contract.Left) is not { } left || Read(b, contract.Right) is not { } right)
            {
                continue;
            }

            var element = Elements.Position(node.Shape, [.. contract.Result.Indices.Select(i => i.Evaluate(point))]);
            if (!node.Shape.HasBatch)
            {
                Accumulate(node, element, sum => _dialect.MultiplyAdd(left, right, sum));
            }
            else if (result[element] is { } sum)
            {
                _writer.Line($"{sum} = {_dialect.MultiplyAdd(left, right, sum)};");
            }
            else
            {
                result[element] = _emitter.Declare($"{left} * {right}");
            }

            string? Read(Node operand, AffineMap map)
            {
                int[] index = [.. map.Indices.Select(i => i.Evaluate(point))];
                var inside = index.Select((value, axis) => operand.Shape[axis].IsSymbol || (value >= 0 && value < operand.Shape[axis].Size)).All(x => x);
                var element = inside ? Elements.Position(operand.Shape, index) : -1;
                return element < 0 || (Literals(operand, _parameters) is { } values && values[element] == 0) ? null : Value(operand, element);
            }
        }

        // Cells of an image that no window reaches, and sums of no weights.
        return node.Shape.HasBatch ? [.. result.Select(sum => sum ?? _emitter.Number(0))] : result;
    }

    private string?[] Reduce(Node node, ReduceOperation reduce)
    {
        var operand = node.Operands[0];
        var result = new string?[node.Shape.ConstantSize];
        for (var i = 0; i < operand.Shape.ConstantSize; i++)
        {
            var index = Elements.Index(operand.Shape, i);
            foreach (var axis in reduce.Axes)
            {
                index[axis] = 0;
            }

            var element = Elements.Position(node.Shape, index);
            var value = Value(operand, i);
            if (!node.Shape.HasBatch)
            {
                Accumulate(node, element, sum => $"({sum} + {value})");
            }
            else
            {
                result[element] = result[element] is not { } sum ? value
                    : _emitter.Declare(reduce.Kind == ReduceKind.Sum ? $"{sum} + {value}" : $"{_dialect.Class}.Max({sum}, {value})");
            }
        }

        return result;
    }

    /// <summary>Adds to one of the sums over the batch, 16 lanes each, that lie in memory in the order of the parameters.</summary>
    private void Accumulate(Node node, int element, Func<string, string> add)
    {
        foreach (var parameter in _gradients[node])
        {
            var offset = 16 * (_parameters[parameter.Name] + Padding.Index(parameter, element));
            var place = _dialect.Lanes == 16 ? $"{offset}" : $"{offset} + lane";
            _writer.Line($"{add(_dialect.Load("gradients", place))}.StoreUnsafe(ref gradients, {place});");
        }
    }

    /// <summary>The values of a parameter that is part of the code.</summary>
    private static float[]? Literals(Node node, ParameterPlaces parameters) =>
        node.Operation is ParameterOperation { Parameter.Name: var name } ? parameters.Values(name) : null;

    /// <summary>The variable of an element; inputs and parameters are loaded when they are first used.</summary>
    private string Value(Node node, int element) => _values[node][element] ??= Literals(node, _parameters) is { } values ? _emitter.Number(values[element]) : _emitter.Declare(node.Operation switch
    {
        ParameterOperation parameter => _dialect.Broadcast(
            $"Unsafe.Add(ref parameters, {_parameters[parameter.Parameter.Name] + Padding.Index(parameter.Parameter, element)})"),
        InputOperation { Role: InputRole.SampleWeight } => Gather("sampleWeights", node, element, orZero: true),
        InputOperation { Role: InputRole.OutputGradient } => Gather("outputGradient", node, element, orZero: true),
        InputOperation { Role: InputRole.Target } when node.Type == ElementType.Int32 =>
            $"{_dialect.Class}.ConvertToSingle({Gather("target", node, element)}.AsInt32())",
        InputOperation { Role: InputRole.Target } => Gather("target", node, element),
        InputOperation input => Gather($"input{input.Ordinal}", node, element),
        _ => throw new InvalidOperationException($"Element {element} was never computed: {node}"),
    });

    /// <summary>Whatever gradients start from is zero in lanes without a sample, so that they add nothing.</summary>
    private string Gather(string memory, Node node, int element, bool orZero = false) =>
        $"Lanes.Gather{(orZero ? "OrZero" : "")}{_dialect.Bits}({At(memory, node.Shape.ConstantSize, element)}, {node.Shape.ConstantSize}, count)";

    private static string At(string memory, int size, int element)
    {
        var offset = (size, element) switch { (1, _) => "sample", (_, 0) => $"sample * {size}", _ => $"(sample * {size}) + {element}" };
        return $"ref Unsafe.Add(ref {memory}, {offset})";
    }
}
