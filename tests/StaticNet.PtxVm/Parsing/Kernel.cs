namespace StaticNet.PtxVm.Parsing;

/// <summary>A <c>.visible .entry</c> of a module.</summary>
public sealed class Kernel
{
    internal Kernel(string name, ConstantBank constants) => (Name, Constants) = (name, constants);

    public string Name { get; }

    /// <summary>The bytes of all parameters.</summary>
    public int ParameterSize => Parameters.Count == 0 ? 0 : Parameters[^1].Offset + Parameters[^1].Size;

    /// <summary>The bytes of shared memory that its declarations take, without what the launch adds.</summary>
    public int StaticSharedSize { get; internal set; }

    /// <summary>Threads of a CTA by <c>.reqntid</c>, or none.</summary>
    internal (int X, int Y, int Z)? RequiredThreads { get; set; }

    /// <summary>Most threads of a CTA by <c>.maxntid</c>, or none.</summary>
    internal (int X, int Y, int Z)? MaximumThreads { get; set; }

    internal List<Parameter> Parameters { get; } = [];

    internal List<Register> Registers { get; } = [];

    internal Dictionary<string, SharedVariable> Shared { get; } = [];

    internal ConstantBank Constants { get; }

    internal List<Statement> Statements { get; } = [];

    /// <summary>Labels, and the statement each stands before.</summary>
    internal Dictionary<string, int> Labels { get; } = [];
}
