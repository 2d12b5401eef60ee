using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>Decodes branches, barriers and fences.</summary>
internal static class ControlDecoder
{
    public static Instruction Decode(Kernel kernel, Statement statement, DecodedOperands operands) => statement.Form.Operation switch
    {
        "Branch" => new Branch(Target(kernel, operands), statement.Modifiers.ContainsKey("uni")),
        "Exit" => new Exit(),
        "Trap" => new Trap(),
        "Barrier" => new CtaBarrier(operands[0], operands.Count > 1 ? operands[1] : null),
        "WarpBarrier" => new WarpBarrier(operands[0]),
        "Fence" => new Fence(statement.Modifiers["level"] != "cta"),
        var other => throw new InvalidOperationException($"Nothing executes '{other}'."),
    };

    private static int Target(Kernel kernel, DecodedOperands operands) =>
        kernel.Labels.TryGetValue(operands.Name(0), out var target) ? target : throw operands.Error("no such label");
}
