using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Execution.Operations;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>Decodes what the lanes of a warp do together: shuffles, votes, matrices, asynchronous copies and atomic operations.</summary>
internal static class WarpDecoder
{
    /// <summary>Returns the instruction, or null where it is another one.</summary>
    public static Instruction? TryDecode(Statement statement, DecodedOperands operands) => statement.Form.Operation switch
    {
        "Shuffle" => new Shuffle(statement.Modifiers["mode"], operands.All(0), operands[1], operands[2], operands[3], operands[4]),
        "Vote" => new Vote(statement.Modifiers.GetValueOrDefault("mode", "ballot"), operands[0], operands[1], operands.IsNegated(1), operands[2]),
        "ActiveMask" => new ActiveMask(operands[0]),
        "Reduction" => Create(typeof(Reduction<,>), statement, Combination(statement), operands[0], operands[1], operands[2]),
        "LoadMatrix" => new LoadMatrix(operands.Address(1), operands.All(0), statement.Modifiers.ContainsKey("trans")),
        "MultiplyMatrices" => new MultiplyMatrices(operands.All(0), operands.All(1), operands.All(2), operands.All(3), Element(statement)),
        "CopyAsync" => DecodeCopy(statement, operands),
        "CommitGroup" => new CommitGroup(),
        "WaitGroup" => new WaitGroup(operands.Constant(0)),
        "WaitAll" => new WaitAll(),
        "Atomic" => DecodeAtomic(statement, operands, hasResult: true),
        "AtomicReduction" => DecodeAtomic(statement, operands, hasResult: false),
        _ => null,
    };

    private static MatrixElement Element(Statement statement) =>
        statement.Modifiers.ContainsKey("tf32") ? MatrixElement.TensorFloat32
        : statement.Modifiers.ContainsKey("bf16") ? MatrixElement.BFloat16 : MatrixElement.Half;

    private static CopyAsync DecodeCopy(Statement statement, DecodedOperands operands)
    {
        var size = operands.Constant(2);
        var isAllowed = size == 16 || (size is 4 or 8 && statement.Modifiers["cache"] == "ca");
        return isAllowed ? new(operands.Address(0), operands.Address(1), size, operands.Count > 3 ? operands[3] : null)
            : throw operands.Error($"cp.async.{statement.Modifiers["cache"]} does not copy {size} bytes");
    }

    private static Instruction DecodeAtomic(Statement statement, DecodedOperands operands, bool hasResult)
    {
        var first = hasResult ? 1 : 0;
        var isSwap = statement.Modifiers["op"] == "cas";
        var type = ClrTypes.Of(statement.Modifiers["type"]);
        var operation = isSwap ? typeof(CompareAndSwap<>).MakeGenericType(type)
            : typeof(Update<,>).MakeGenericType(type, Combination(statement));
        return Create(typeof(Atomic<,>), statement, operation, operands.Address(first), MemoryDecoder.Space(statement),
            hasResult ? operands[0] : null!, operands[first + 1], operands[first + (isSwap ? 2 : 1)],
            MemoryOrder.Strong | MemoryOrders.Of(statement.Modifiers.GetValueOrDefault("sem")));
    }

    /// <summary>Returns the operation that <c>.op</c> names.</summary>
    private static Type Combination(Statement statement)
    {
        var operation = statement.Modifiers["op"] switch
        {
            "add" => typeof(Add<>),
            "min" => typeof(Minimum<>),
            "max" => typeof(Maximum<>),
            "and" => typeof(And<>),
            "or" => typeof(Or<>),
            "xor" => typeof(Xor<>),
            "exch" => typeof(Exchange<>),
            "inc" => typeof(Increment<>),
            _ => typeof(Decrement<>),
        };
        return operation.MakeGenericType(ClrTypes.Of(statement.Modifiers["type"]));
    }

    private static Instruction Create(Type instruction, Statement statement, Type operation, params object?[] arguments) =>
        (Instruction)Activator.CreateInstance(instruction.MakeGenericType(ClrTypes.Of(statement.Modifiers["type"]), operation), arguments)!;
}
