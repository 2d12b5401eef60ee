namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Where parameters lie at run time: in the arena of a network that learns; of a frozen one in the assembly.</summary>
/// <param name="offsets">Where each begins, in floats.</param>
internal class ParameterPlaces(IReadOnlyDictionary<string, int> offsets)
{
    /// <summary>Where a parameter begins, in floats, in the memory that has it.</summary>
    public int this[string name] => offsets[name];

    /// <summary>The address of a parameter, as C#.</summary>
    public virtual string Address(string name) => $"ParametersAt({offsets[name]})";

    /// <summary>Whether parameters are part of the code where their values are known.</summary>
    public virtual bool AreLiterals => false;

    /// <summary>The values of a parameter in the order of the graph where they are part of the code; null where code reads them from memory.</summary>
    public virtual float[]? Values(string name) => null;

    /// <summary>For each width, widest first, a matrix of which only what is not zero is kept; null for all others.</summary>
    public virtual IReadOnlyList<SparseMatrix>? Sparse(string name) => null;
}
