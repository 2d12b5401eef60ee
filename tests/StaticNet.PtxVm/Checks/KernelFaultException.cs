namespace StaticNet.PtxVm.Checks;

/// <summary>A kernel did what it must not; the launch ends at the first such instruction.</summary>
public sealed class KernelFaultException : Exception
{
    public KernelFaultException(FaultKind kind, string detail, string where)
        : base($"{kind}: {detail}{(where.Length > 0 ? " in " + where : "")}") => Kind = kind;

    public FaultKind Kind { get; }
}
