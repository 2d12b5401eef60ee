namespace StaticNet.PtxVm.Parsing;

/// <summary>A module of the subset: <c>.version 7.4</c> and <c>.target sm_80</c>, or later ones that use nothing newer.</summary>
public sealed class PtxModule
{
    private readonly Dictionary<string, Kernel> kernels;

    internal PtxModule(IEnumerable<Kernel> kernels) => this.kernels = kernels.ToDictionary(kernel => kernel.Name);

    public IReadOnlyCollection<Kernel> Kernels => kernels.Values;

    /// <summary>Reads a module.</summary>
    /// <exception cref="PtxSyntaxException">The text is not in the subset; the message has the line.</exception>
    public static PtxModule Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ModuleParser(source).Parse();
    }

    /// <summary>Returns a kernel by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such kernel.</exception>
    public Kernel this[string name] => kernels[name];

    /// <summary>Finds a kernel by its name.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Kernel? kernel) => kernels.TryGetValue(name, out kernel);
}
