using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// The memory that a kernel touches: a parameter for each place, in the order in which it is first asked for. Names tell the role and not
/// the layer, so that kernels of equal shape are equal text.
/// </summary>
internal sealed class PtxOperands(PtxWriter writer, MemoryPlan plan)
{
    private readonly List<(string Name, Node Node, Placement Placement)> _items = [];
    private readonly List<PtxValue> _addresses = [];

    public MemoryPlan Plan { get; } = plan;

    /// <summary>How many samples there are.</summary>
    public PtxValue Batch => writer.Batch;

    /// <summary>Names and places in the order of the kernel's parameters.</summary>
    public IReadOnlyList<(string Name, Node Node, Placement Placement)> Items => _items;

    /// <summary>Where a value begins that the kernel reads.</summary>
    public PtxValue Address(Node node) => _addresses[Read(node)];

    /// <summary>Where a value begins that the kernel writes, or room that it needs besides.</summary>
    public PtxValue Address(Node node, Placement target, string role = "result") => _addresses[Find(target) ?? Add(role, node, target)];

    /// <summary>The name of a value that the kernel reads.</summary>
    public string Name(Node node) => _items[Read(node)].Name;

    /// <summary>What the kernel computes, in the names of its parameters: all that it touches must be known.</summary>
    /// <param name="title">The first line.</param>
    /// <param name="nodes">What happens, in order.</param>
    /// <param name="source">The value that the kernel itself makes, which is c.</param>
    public string Summary(string title, IEnumerable<Node> nodes, Node? source = null) =>
        KernelSummary.Of(title, nodes, node => node.Operation is ExtentOperation ? "batch" : _items[Read(node)].Name, source);

    /// <summary>
    /// The key of the random numbers, in two words, and the count of steps in two more.
    /// </summary>
    public PtxValue Step(Node node) => _addresses[Add("step", node, new Placement(PlacementKind.Step, 0, 0, Padded: false))];

    private int Read(Node node) =>
        Find(Plan[node]) ?? Add(node.Shape.HasBatch || node.Operation is not ParameterOperation ? "operand" : "parameter", node, Plan[node]);

    private int? Find(Placement place)
    {
        var index = _items.FindIndex(item => ReferenceEquals(item.Placement, place)
            || (place.Kind == PlacementKind.Parameter && item.Placement.Kind == PlacementKind.Parameter && item.Placement.Ordinal == place.Ordinal));
        return index < 0 ? null : index;
    }

    private int Add(string role, Node node, Placement place)
    {
        var name = $"{role}{_items.Count(item => item.Name.StartsWith(role, StringComparison.Ordinal)) + 1}";
        _items.Add((name, node, place));
        _addresses.Add(writer.AddressParameter(name));
        return _items.Count - 1;
    }
}
