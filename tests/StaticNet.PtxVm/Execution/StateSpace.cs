namespace StaticNet.PtxVm.Execution;

/// <summary>Which memory an access means.</summary>
internal enum StateSpace
{
    Global,
    Shared,
    Constant,
}
