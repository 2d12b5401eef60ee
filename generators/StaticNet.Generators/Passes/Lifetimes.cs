using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>Until when the values of a schedule are read, and how.</summary>
internal sealed class Lifetimes
{
    private readonly Dictionary<Node, List<(Kernel Kernel, int Index)>> _readers = [];

    public Lifetimes(IReadOnlyList<Kernel> kernels)
    {
        for (var i = 0; i < kernels.Count; i++)
        {
            foreach (var node in kernels[i].Reads.Select(Fuse.Storage).Distinct().Where(node => !kernels[i].Writes.Contains(node)))
            {
                if (!_readers.TryGetValue(node, out var readers))
                {
                    _readers[node] = readers = [];
                }

                readers.Add((kernels[i], i));
            }
        }
    }

    /// <summary>Whether another kernel than the one that makes a value reads it.</summary>
    public bool IsRead(Node node) => _readers.ContainsKey(node);

    /// <summary>The one other kernel that reads a value; null for none or several.</summary>
    public Kernel? OnlyReader(Node node) => _readers.TryGetValue(node, out var readers) && readers.Count == 1 ? readers[0].Kernel : null;

    /// <summary>The last kernel that reads a value; the one that makes it if none does.</summary>
    public int End(Node node, int made) => _readers.TryGetValue(node, out var readers) ? Math.Max(made, readers.Last().Index) : made;

    /// <summary>Whether the columns of a value go through the gradient of a weight matrix by whole vectors; a single column does too.</summary>
    public bool IsStreamed(Node node) => Contractions(node).Any(contract => contract.GivesWeights && Fuse.Storage(contract.Columns) == node);

    /// <summary>Whether all that reads a value are windows that take it element by element, so that its rows need no end in whole vectors.</summary>
    public bool IsReadByElements(Node node) => _readers.TryGetValue(node, out var readers) && readers.TrueForAll(reader =>
        reader.Kernel is ContractKernel { Tiles: null, Contract: { Windows.IsDepthwise: false } contract } kernel
        && Fuse.Storage(contract.Rows) == node && Fuse.Storage(contract.Columns) != node && !kernel.Epilogue.Reads.Any(read => Fuse.Storage(read) == node))
        && node.Shape.Last.Size % 16 != 0;

    private IEnumerable<MatrixContract> Contractions(Node node) => _readers.TryGetValue(node, out var readers)
        ? readers.Select(reader => reader.Kernel).OfType<ContractKernel>().Select(kernel => kernel.Contract)
        : [];
}
