using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>Decodes loads and stores.</summary>
internal static class MemoryDecoder
{
    /// <summary>Returns the instruction, or null where it is another one.</summary>
    public static Instruction? TryDecode(Kernel kernel, Statement statement, DecodedOperands operands) => statement.Form.Operation switch
    {
        "Load" when statement.Modifiers.ContainsKey("param") => DecodeParameter(kernel, statement, operands),
        "Load" => new Load(operands.Address(1), Space(statement), Element(statement), operands.All(0),
            statement.Modifiers.ContainsKey("nc"), Order(statement)),
        "Store" => new Store(operands.Address(0), Space(statement), Element(statement), operands.All(1),
            Order(statement)),
        "Prefetch" => new Prefetch(),
        _ => null,
    };

    /// <summary>Returns the state space that an access names.</summary>
    public static StateSpace Space(Statement statement) => statement.Modifiers["space"] switch
    {
        "shared" => StateSpace.Shared,
        "const" => StateSpace.Constant,
        _ => StateSpace.Global,
    };

    private static MemoryOrder Order(Statement statement) => MemoryOrders.Of(statement.Modifiers.GetValueOrDefault("order"));

    private static ElementType Element(Statement statement)
    {
        var type = ScalarType.Of(statement.Modifiers["type"]);
        return new(type.Size, type.Kind == TypeKind.Signed);
    }

    private static LoadParameter DecodeParameter(Kernel kernel, Statement statement, DecodedOperands operands)
    {
        var (offset, element, results) = ((int)operands.Address(1).Offset, Element(statement), operands.All(0));
        var size = element.Size * results.Length;
        var name = ((AddressOperand)statement.Operands[1]).Symbol;
        var parameter = kernel.Parameters.Find(candidate => candidate.Name == name)!;
        if (offset < parameter.Offset || offset + size > parameter.Offset + parameter.Size)
            throw operands.Error($"parameter '{name}' has {parameter.Size} bytes");

        return offset % size == 0 ? new(offset, element, results) : throw operands.Error($"parameter '{name}' is not aligned to {size} bytes");
    }
}
