using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.PtxVm.Execution;
using Panels = StaticNet.Generators.Passes.Padding;

namespace StaticNet.Ptx.Tests.Harness;

/// <summary>
/// The memory of a schedule on the virtual machine. Every value has an allocation of its own, so that whatever reaches out of it is a fault,
/// and nothing has a value that nobody wrote.
/// </summary>
internal sealed class DeviceMemory(Machine machine, Graph graph, MemoryPlan plan, int batch)
{
    /// <summary>What is in the padding of gradients before and has to be there still afterwards.</summary>
    private const float Untouched = 12345.678f;

    public const ulong RandomKey = 0x0123456789abcdef;

    public const ulong RandomStep = 7;

    private readonly Dictionary<Placement, (ulong Address, int Floats)> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(PlacementKind Kind, int Ordinal), (ulong Address, int Floats)> _given = [];

    /// <summary>Where an operand of a kernel begins.</summary>
    public ulong Address(Node node, Placement place) => Block(node, place).Address;

    /// <summary>Writes a value to where kernels read it.</summary>
    public void Write(Node node, Placement place, double[] elements)
    {
        var address = Address(node, place);
        if (node.Type == ElementType.Int32)
        {
            machine.Memory.Write<int>(address, Array.ConvertAll(elements, element => (int)element));
            return;
        }

        for (var i = 0; i < elements.Length; i++)
        {
            machine.Memory.Write<float>(address + (4ul * (ulong)Position(node, place, i)), [(float)elements[i]]);
        }
    }

    /// <summary>The elements of a value, all of which must have been written.</summary>
    public float[] Read(Node node, Placement place, int count)
    {
        var address = Address(node, place);
        return [.. Enumerable.Range(0, count).Select(i => machine.Memory.Read<float>(address + (4ul * (ulong)Position(node, place, i)), 1)[0])];
    }

    /// <summary>Whether the padding of a gradient is as it was, or zero.</summary>
    public bool IsPaddingUntouched(Node node, Placement place)
    {
        var (address, floats) = Block(node, place);
        var inside = Enumerable.Range(0, Specification(place).Size).Select(element => Position(node, place, element)).ToHashSet();
        var all = machine.Memory.Read<float>(address, floats);
        return Enumerable.Range(0, floats).All(i => inside.Contains(i) || all[i] is Untouched or 0);
    }

    /// <summary>The float at which an element of a value lies.</summary>
    private int Position(Node node, Placement place, int element)
    {
        if (place.Kind is PlacementKind.Parameter or PlacementKind.Gradient)
        {
            return Panels.Index(Specification(place), element);
        }

        var columns = node.Shape.Last.Size;
        var (row, column) = (element / columns, element % columns);
        if (!node.Shape.HasBatch)
        {
            return element;
        }

        if (place.Border is { } border)
        {
            var (height, width) = (node.Shape.Rank == 4 ? node.Shape[1].Size : 1, node.Shape[node.Shape.Rank - 2].Size);
            var (sample, line, at) = (row / (height * width), row / width % height, row % width);
            row = (((((sample * border.Lines) + line) + border.Top) * border.Width) + border.Left) + at;
        }

        return (row * place.StrideOf(node)) + column;
    }

    private ParameterSpec Specification(Placement place) => ((ParameterOperation)graph.Parameters.ElementAt(place.Ordinal).Operation).Parameter;

    private (ulong Address, int Floats) Block(Node node, Placement place)
    {
        var isValue = place.Kind is PlacementKind.Arena or PlacementKind.Fixed;
        var (key, value) = ((place.Kind, place.Ordinal), place.Border?.Around ?? place);
        if (!(isValue ? _values.TryGetValue(value, out var block) : _given.TryGetValue(key, out block)))
        {
            block = Allocate(node, place);
            _ = isValue ? _values[value] = block : _given[key] = block;
        }

        return block;
    }

    private (ulong Address, int Floats) Allocate(Node node, Placement place)
    {
        node = Fuse.Storage(node);
        var rows = node.Shape.ConstantSize / node.Shape.Last.Size;
        switch (place.Kind)
        {
            case PlacementKind.Step:
                return (machine.Memory.Allocate<ulong>([RandomKey, RandomStep], "step"), 4);
            case PlacementKind.Gradient or PlacementKind.Parameter:
                var all = new float[Panels.Floats(Specification(place))];
                Array.Fill(all, place.Kind == PlacementKind.Gradient ? Untouched : 0);
                return (machine.Memory.Allocate<float>(all, $"{place.Kind} {place.Ordinal}"), all.Length);
            case PlacementKind.Fixed:
                // What is no place of the value is room for parts of its sums.
                var parts = plan.Targets(node).Any(target => ReferenceEquals(target, place)) ? 1 : ColumnSumKernel.MaximumParts;
                var fixedFloats = node.Operation is ContractOperation && parts > 1
                    ? PtxContractEmitter.SumFloats(node)
                    : parts * Panels.To16(node.Shape.ConstantSize);
                return (machine.Memory.Allocate(4L * fixedFloats, $"fixed %{node.Id}"), fixedFloats);
            default:
                // The widths of rows with a border are those of the value around it.
                var around = place.Border is { } border ? border.Lines * border.Width : rows;
                var floats = place.Stride * around * batch;
                return (machine.Memory.Allocate(4L * floats, $"{place.Kind} %{node.Id}"), floats);
        }
    }
}
