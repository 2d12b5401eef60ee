using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// The memory that a kernel touches, under the names it has inside the kernel: <c>operand1</c>, <c>result1</c>. Names tell the role and
/// not the layer, so that kernels of equal shape are equal text and become one method.
/// </summary>
internal sealed class Operands(MemoryPlan plan)
{
    private readonly List<(string Name, Node Node, Placement Placement)> _items = [];
    private int _streamed;

    public MemoryPlan Plan { get; } = plan;

    /// <summary>Names and places in the order of the kernel's parameters.</summary>
    public IReadOnlyList<(string Name, Node Node, Placement Placement)> Items => _items;

    /// <summary>The name of a value that the kernel reads.</summary>
    public string Read(Node node)
    {
        var buffer = Plan[node];
        return Named(buffer, node, node.Shape.HasBatch || node.Operation is not ParameterOperation ? "operand" : "parameter");
    }

    /// <summary>The name of a place that the kernel writes.</summary>
    public string Write(Node node, Placement buffer) => Named(buffer, node, "result");

    /// <summary>
    /// Adds a place that a contraction streams. What follows the sums does not see it: reading the same place there takes a name of its own.
    /// </summary>
    public string AddStreamed(string name, Node node, Placement buffer)
    {
        _streamed++;
        return Add(name, node, buffer);
    }

    /// <summary>Adds a place under a name of its own.</summary>
    public string Add(string name, Node node, Placement buffer)
    {
        _items.Add((name, node, buffer));
        return name;
    }

    private string Named(Placement buffer, Node node, string role)
    {
        foreach (var item in _items.Skip(_streamed))
        {
            if (item.Placement == buffer && ReferenceEquals(item.Placement, buffer))
            {
                return item.Name;
            }
        }

        return Add($"{role}{_items.Count(i => i.Name.StartsWith(role, StringComparison.Ordinal)) + 1}", node, buffer);
    }
}
