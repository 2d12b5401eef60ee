namespace StaticNet.PtxVm.Parsing;

/// <summary>The read-only registers that tell a thread where it is; all have the type <c>.u32</c>.</summary>
internal static class SpecialRegisters
{
    private static readonly HashSet<string> Names =
    [
        "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z",
        "%nctaid.x", "%nctaid.y", "%nctaid.z", "%laneid", "%lanemask_eq", "%lanemask_lt", "%lanemask_le", "%lanemask_gt", "%lanemask_ge",
    ];

    public static bool Contains(string name) => Names.Contains(name);
}
