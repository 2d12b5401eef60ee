using System.Reflection;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Execution.Operations;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>
/// Decodes what computes each lane by itself: the operation named in the instruction's row is closed over the types of its modifiers,
/// and the interface it implements says how many operands it has.
/// </summary>
internal static class OperationDecoder
{
    private static readonly Dictionary<Type, Type> Executors = new()
    {
        [typeof(IUnary<,>)] = typeof(Unary<,,>),
        [typeof(IBinary<,,>)] = typeof(Binary<,,,>),
        [typeof(ITernary<,,,>)] = typeof(Ternary<,,,,>),
        [typeof(IQuaternary<,,,,>)] = typeof(Quaternary<,,,,,>),
        [typeof(IConversion<,>)] = typeof(Conversion<,,>),
    };

    /// <summary>Returns the instruction, or null where the row names no such operation.</summary>
    public static Instruction? TryDecode(Statement statement, DecodedOperands operands)
    {
        var modifiers = statement.Modifiers;
        switch (statement.Form.Operation)
        {
            case "Compare":
                return DecodeCompare(modifiers, operands);
            case "Select<type>":
                return (Instruction)Create(typeof(Select<>).MakeGenericType(ClrTypes.Of(modifiers["type"])),
                    [operands[0], operands[1], operands[2], operands[3], operands.IsNegated(3)]);
            case "PredicateLogic":
                return DecodePredicateLogic(statement, operands);
            case "Pack":
                return new Pack(operands[0], operands.All(1));
            case "Unpack":
                return new Unpack(operands.All(0), operands[1]);
            case "ToBFloat16" or "ToBFloat16Pair" or "ToHalfPair":
                return DecodeNarrow(statement, operands);
        }

        var operation = FindOperation(statement);
        if (operation is null)
            return null;

        var contract = operation.GetInterfaces().Single(type => Executors.ContainsKey(type.GetGenericTypeDefinition()));
        var executor = Executors[contract.GetGenericTypeDefinition()].MakeGenericType([.. contract.GetGenericArguments(), operation]);
        var flops = operation.GetCustomAttribute<FloatingPointAttribute>() is { } cost && IsFloat(statement) ? cost.Operations : 0;
        var instruction = (Instruction)Create(executor, Enumerable.Range(0, operands.Count).Select(index => (object)operands[index]).ToArray());
        instruction.FloatingPointOperations = flops;
        return instruction;
    }

    private static bool IsFloat(Statement statement) => statement.Modifiers.GetValueOrDefault("type") is "f32" or "f64";

    /// <summary>Returns the closed type that a row such as <c>MultiplyWide&lt;type,wide&gt;</c> means.</summary>
    private static Type? FindOperation(Statement statement)
    {
        var name = statement.Form.Operation;
        var open = name.IndexOf('<', StringComparison.Ordinal);
        if (open < 0)
        {
            var plain = typeof(Add<>).Assembly.GetType($"{typeof(Add<>).Namespace}.{name}");
            return plain is { IsValueType: true } ? plain : null;
        }

        var arguments = name[(open + 1)..^1].Split(',').Select(argument => ClrTypes.Argument(argument, statement.Modifiers)).ToArray();
        return ClrTypes.Operation(name[..open], arguments.Length).MakeGenericType(arguments);
    }

    private static Instruction DecodeCompare(IReadOnlyDictionary<string, string> modifiers, DecodedOperands operands)
    {
        var (name, type) = (modifiers["cmp"], ClrTypes.Of(modifiers["type"]));
        var comparison = name switch
        {
            "eq" => typeof(Equal<>),
            "ne" => typeof(NotEqual<>),
            "lt" or "lo" => typeof(Less<>),
            "le" or "ls" => typeof(LessOrEqual<>),
            "gt" or "hi" => typeof(Greater<>),
            "ge" or "hs" => typeof(GreaterOrEqual<>),
            "equ" => typeof(EqualOrUnordered<>),
            "neu" => typeof(NotEqualOrUnordered<>),
            "ltu" => typeof(LessOrUnordered<>),
            "leu" => typeof(LessOrEqualOrUnordered<>),
            "gtu" => typeof(GreaterOrUnordered<>),
            "geu" => typeof(GreaterOrEqualOrUnordered<>),
            "num" => typeof(Ordered<>),
            _ => typeof(Unordered<>),
        };
        var combined = modifiers.TryGetValue("bool", out var logic);
        return (Instruction)Create(typeof(Compare<,>).MakeGenericType(type, comparison.MakeGenericType(type)),
            [operands[0], operands[1], operands[2], combined ? operands[3] : default, combined && operands.IsNegated(3), logic ?? ""]);
    }

    private static PredicateLogic DecodePredicateLogic(Statement statement, DecodedOperands operands)
    {
        var isUnary = operands.Count == 2;
        var negated = operands.IsNegated(1) ^ (statement.Form.Opcode == "not");
        return new(operands[0], operands[1], negated, isUnary ? default : operands[2], !isUnary && operands.IsNegated(2),
            isUnary ? "mov" : statement.Form.Opcode);
    }

    private static Instruction DecodeNarrow(Statement statement, DecodedOperands operands)
    {
        var relu = statement.Modifiers.ContainsKey("relu");
        return statement.Form.Operation switch
        {
            "ToBFloat16" => relu ? new Unary<float, ushort, ReluToBFloat16>(operands[0], operands[1])
                : new Unary<float, ushort, ToBFloat16>(operands[0], operands[1]),
            "ToBFloat16Pair" => relu ? new Binary<float, float, uint, Pair<ReluToBFloat16>>(operands[0], operands[1], operands[2])
                : new Binary<float, float, uint, Pair<ToBFloat16>>(operands[0], operands[1], operands[2]),
            _ => relu ? new Binary<float, float, uint, Pair<ReluToHalf>>(operands[0], operands[1], operands[2])
                : new Binary<float, float, uint, Pair<ToHalf>>(operands[0], operands[1], operands[2]),
        };
    }

    private static object Create(Type type, object[] arguments) => Activator.CreateInstance(type, arguments)!;
}
