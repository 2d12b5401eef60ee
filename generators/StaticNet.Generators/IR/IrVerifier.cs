namespace StaticNet.Generators.IR;

/// <summary>Checks that a graph is well formed. Tests run it after every pass; a graph that passes means the same to every back end.</summary>
internal static partial class IrVerifier
{
    /// <exception cref="InvalidOperationException">A node breaks a rule of its operation; the message shows the node and the rule.</exception>
    public static void Verify(Graph graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var written = new HashSet<ParameterSpec>();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            Require(node.Id == i, node, $"stands at position {i}");
            foreach (var operand in node.Operands)
            {
                Require(
                    operand.Id < i && ReferenceEquals(graph.Nodes[operand.Id], operand), node,
                    $"operand %{operand.Id} is not an earlier node of this graph");
            }

            VerifyExtents(node);
            VerifyOperation(node);
            if (node.Operation is StateWriteOperation { State: var state })
            {
                Require(graph.Parameters.Any(p => p.Operation == new ParameterOperation(state)), node, $"'{state.Name}' is no tensor of this graph");
                Require(written.Add(state), node, $"'{state.Name}' is written by an earlier node");
            }

            if (NameOf(node.Operation) is { } name)
            {
                Require(names.Add(name), node, $"the name '{name}' is taken by an earlier node");
            }
        }

        foreach (var (name, value) in graph.Outputs)
        {
            Require(
                value.Id < graph.Nodes.Count && ReferenceEquals(graph.Nodes[value.Id], value), value,
                $"output '{name}' is not a node of this graph");
        }
    }

    private static string? NameOf(Operation operation) => operation switch
    {
        InputOperation input => input.Name,
        ParameterOperation parameter => parameter.Parameter.Name,
        _ => null,
    };

    private static void VerifyExtents(Node node)
    {
        for (var axis = 0; axis < node.Shape.Rank; axis++)
        {
            var extent = node.Shape[axis];
            Require(extent.IsSymbol || extent.Size > 0, node, $"axis {axis} has no elements");
            Require(extent != Extent.Batch || axis == 0, node, $"the batch is axis {axis}, not the first");
        }
    }

    private static void VerifyOperation(Node node)
    {
        switch (node.Operation)
        {
            case InputOperation input:
                RequireOperands(node, 0);
                Require(node.Shape.HasBatch, node, "an input has no batch axis");
                Require(
                    node.Type == ElementType.Float32 || input.Role is InputRole.Data or InputRole.Target, node,
                    $"an input with the role {input.Role} is Float32");
                break;
            case ParameterOperation { Parameter: var parameter }:
                RequireOperands(node, 0);
                RequireFloat(node);
                RequireShape(node, new TensorShape([.. parameter.Shape.Select(size => new Extent(size))]));
                break;
            case ConstantOperation:
                RequireOperands(node, 0);
                RequireFloat(node);
                RequireShape(node, new TensorShape([1]));
                break;
            case ExtentOperation { Extent: var extent }:
                RequireOperands(node, 0);
                RequireFloat(node);
                Require(extent.IsSymbol, node, $"the extent {extent} is a constant");
                RequireShape(node, new TensorShape([1]));
                break;
            case StateWriteOperation { State: var state }:
                RequireOperands(node, 1);
                RequireFloat(node);
                Require(state.IsState, node, $"'{state.Name}' is trained");
                RequireShape(node, node.Operands[0].Shape);
                RequireShape(node, new TensorShape([.. state.Shape.Select(size => new Extent(size))]));
                break;
            case RandomOperation random:
                RequireOperands(node, 0);
                RequireFloat(node);
                Require(random.Stream >= 0, node, "a stream is not negative");
                break;
            case ContractOperation contract:
                VerifyContract(node, contract);
                break;
            case MapOperation map:
                VerifyMap(node, map);
                break;
            case ReduceOperation reduce:
                VerifyReduce(node, reduce);
                break;
            case PoolOperation pool:
                RequireOperands(node, 1);
                RequireFloat(node);
                RequireShape(node, VerifyWindows(node, pool.Windows, node.Operands[0].Shape));
                break;
            case PoolGradientOperation { Kind: var kind, Windows: var windows }:
                RequireOperands(node, kind == PoolKind.Max ? 3 : 1);
                RequireFloat(node);
                var pooled = VerifyWindows(node, windows, node.Shape);
                Require(kind != PoolKind.Max || node.Operands[0].Shape == node.Shape, node, "the shape is not that of the cells");
                Require(node.Operands.Skip(kind == PoolKind.Max ? 1 : 0).All(o => o.Shape == pooled), node, $"an operand is not {pooled}");
                break;
            case ViewOperation view:
                VerifyView(node, view);
                break;
            case GroupsOperation groups:
                VerifyGroups(node, groups);
                break;
            case StopGradientOperation:
                RequireOperands(node, 1);
                Require(node.Type == node.Operands[0].Type, node, "the type is not the operand's");
                RequireShape(node, node.Operands[0].Shape);
                break;
            default:
                Require(false, node, "is no known operation");
                break;
        }
    }

    private static void VerifyReduce(Node node, ReduceOperation reduce)
    {
        RequireOperands(node, 1);
        RequireFloat(node);
        var shape = node.Operands[0].Shape;
        Require(reduce.Axes.Count > 0, node, "reduces no axis");
        Require(reduce.Axes.Distinct().Count() == reduce.Axes.Count, node, "names an axis twice");
        foreach (var axis in reduce.Axes)
        {
            RequireAxis(node, axis, shape);
            shape = shape.With(axis, 1);
        }

        RequireShape(node, shape);
    }

    /// <summary>Every place of a window has a cell. Gives the shape of the places.</summary>
    private static TensorShape VerifyWindows(Node node, EquatableArray<PoolWindow> windows, TensorShape shape)
    {
        Require(windows.Count > 0, node, "has no window");
        Require(windows.Select(w => w.Axis).Distinct().Count() == windows.Count, node, "names an axis twice");
        foreach (var window in windows)
        {
            RequireConstantAxis(node, window.Axis, shape);
            var cells = shape[window.Axis].Size;
            Require(window.Size > 0 && window.Stride > 0, node, "a window has no size or does not move");
            Require(
                window.Before >= 0 && window.After >= 0 && window.Before < window.Size && window.After < window.Size, node,
                "a window may lie outside");
            Require(cells + window.Before + window.After >= window.Size, node, $"the window along axis {window.Axis} is larger than {shape}");
            shape = shape.With(window.Axis, window.Places(cells));
        }

        return shape;
    }

    private static void RequireOperands(Node node, int count) =>
        Require(node.Operands.Count == count, node, $"has {node.Operands.Count} operands, not {count}");

    private static void RequireAxis(Node node, int axis, TensorShape shape) =>
        Require(axis >= 0 && axis < shape.Rank, node, $"axis {axis} is outside {shape}");

    private static void RequireShape(Node node, TensorShape shape) =>
        Require(node.Shape == shape, node, $"the shape is not {shape}");

    /// <summary>The node and its operands are floating point.</summary>
    private static void RequireFloat(Node node)
    {
        Require(node.Type == ElementType.Float32, node, "the result is not Float32");
        foreach (var operand in node.Operands)
        {
            Require(operand.Type == ElementType.Float32, node, $"operand %{operand.Id} is not Float32");
        }
    }

    private static void Require(bool condition, Node node, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"{problem}: {node}");
        }
    }
}
