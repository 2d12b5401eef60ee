using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Frozen;

/// <summary>
/// What a frozen network has in its code: values, one tensor after the other, each beginning where a vector of 16 may; then matrices of
/// mostly zeros, for each width in an order of its own.
/// </summary>
internal sealed class ConstantPool
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SparseMatrix>?> _matrices = new(StringComparer.Ordinal);
    private readonly List<(string Name, float[] Values)> _tensors = [];
    private int _length;

    /// <summary>The tensors in order.</summary>
    public IReadOnlyList<(string Name, float[] Values)> Tensors => _tensors;

    public bool IsEmpty => _tensors.Count == 0 && !Matrices(VectorDialect.All[0]).Any();

    /// <summary>The matrices of one width in order.</summary>
    public IEnumerable<(string Name, SparseMatrix Matrix)> Matrices(VectorDialect dialect) =>
        _matrices.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value.Single(matrix => matrix.Lanes == dialect.Lanes)));

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

    /// <summary>A matrix of mostly zeros for each width, made when it is asked for first; null where it is no quicker than with all zeros.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="outputs">Rows.</param>
    /// <param name="inputs">Columns.</param>
    /// <param name="values">Row by row.</param>
    public IReadOnlyList<SparseMatrix>? Sparse(string name, int outputs, int inputs, float[] values)
    {
        if (!_matrices.TryGetValue(name, out var matrices))
        {
            // A vector of the widest has no more inputs than there are to load.
            var widest = inputs < 1 << VectorDialect.All[0].PlaceBits ? null : SparseMatrix.Of(outputs, inputs, values, VectorDialect.All[0]);
            _matrices[name] = matrices = widest is null || !widest.Pays(inputs) ? null
                : [.. VectorDialect.All.Select(dialect => SparseMatrix.Of(outputs, inputs, values, dialect) with
                {
                    Offset = Padding.To16(Matrices(dialect).Select(before => before.Matrix.EndOffset).DefaultIfEmpty().Max()),
                })];
        }

        return matrices;
    }
}
