using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Frozen;

/// <summary>What a frozen network has in its code: values, one tensor after the other, each beginning where a vector of 16 may.</summary>
/// <param name="className">The class that has it.</param>
internal sealed class ConstantPool(string className)
{
    private readonly Dictionary<string, SparseMatrix?> _matrices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private readonly List<(string Name, float[] Values)> _tensors = [];
    private int _length;

    public string ClassName => className;

    /// <summary>The matrices of mostly zeros, in order.</summary>
    public IReadOnlyList<SparseMatrix> Matrices => [.. _matrices.Values.OfType<SparseMatrix>()];

    /// <summary>The tensors in order.</summary>
    public IReadOnlyList<(string Name, float[] Values)> Tensors => _tensors;

    /// <summary>Where a tensor begins, in floats; it is added when it is asked for first.</summary>
    public int OffsetOf(string name, Func<float[]> stored)
    {
        if (!_offsets.TryGetValue(name, out var offset))
        {
            var values = stored();
            var padded = new float[Padding.To16(values.Length)];
            values.CopyTo(padded, 0);
            _offsets[name] = offset = _length;
            _tensors.Add((name, padded));
            _length += padded.Length;
        }

        return offset;
    }

    /// <summary>A matrix of mostly zeros, which is made when it is asked for first; null where it is no quicker than with all zeros.</summary>
    public SparseMatrix? Sparse(string name, Func<SparseMatrix?> make)
    {
        if (!_matrices.TryGetValue(name, out var matrix))
        {
            _matrices[name] = matrix = make();
            if (matrix is not null)
            {
                _matrices[name] = matrix = matrix with { Name = $"{className}.Matrix{Matrices.Count}" };
            }
        }

        return matrix;
    }
}
