using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends;

/// <summary>What a kernel computes, in the names that its text has for its operands: the comment above it.</summary>
internal static class KernelSummary
{
    /// <summary>The first line says what is computed; the others say what happens to it, in order.</summary>
    /// <param name="title">The first line.</param>
    /// <param name="nodes">What happens.</param>
    /// <param name="operand">The name of a value that the kernel reads.</param>
    /// <param name="source">The value that the kernel itself makes, which is c.</param>
    public static string Of(string title, IEnumerable<Node> nodes, Func<Node, string> operand, Node? source)
    {
        var names = new Dictionary<Node, string>();
        var lines = nodes.Select((node, i) =>
        {
            var text = node.Operation switch
            {
                MapOperation map => GraphText.Of(map.Body, position => Name(node.Operands[position])),
                ReduceOperation { Kind: ReduceKind.Sum } => $"sum({Name(node.Operands[0])})",
                PoolOperation pool => $"{GraphText.Of(pool)} of {Name(node.Operands[0])}",
                ContractOperation when ChannelWindow.Of(node) is var window => $"sum({Name(node.Operands[0])}[n - {window!.Before} … n + {window.After}])",
                _ => $"max({Name(node.Operands[0])})",
            };
            names[node] = $"t{i + 1}";
            return $"\n    t{i + 1} = {text}";
        }).ToList();
        return title + (lines.Count == 0 ? "" : ":") + string.Concat(lines);

        string Name(Node node)
        {
            var key = Fuse.Storage(node);
            return names.TryGetValue(key, out var name) ? name
                : key == source ? "c"
                : node.Operation is ConstantOperation constant ? GraphText.Of(new Literal(constant.Value))
                : operand(node);
        }
    }
}
