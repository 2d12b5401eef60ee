using System.Collections.Concurrent;
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

    /// <summary>By row and modifiers, what was found by reflection, which takes far longer than decoding an instruction.</summary>
    private static readonly ConcurrentDictionary<(InstructionForm Form, string Modifiers), (ConstructorInvoker? Constructor, int Flops)> Known = new();

    /// <summary>Returns the instruction, or null where the row names no such operation.</summary>
    public static Instruction? TryDecode(Statement statement, DecodedOperands operands)
    {
        switch (statement.Form.Operation)
        {
            case "PredicateLogic":
                return DecodePredicateLogic(statement, operands);
            case "Pack":
                return new Pack(operands[0], operands.All(1));
            case "Unpack":
                return new Unpack(operands.All(0), operands[1]);
            case "ToBFloat16" or "ToBFloat16Pair" or "ToHalfPair":
                return DecodeNarrow(statement, operands);
        }

        var key = (statement.Form, string.Join('.', statement.Modifiers.Values));
        if (!Known.TryGetValue(key, out var known))
            Known[key] = known = Find(statement);

        if (known.Constructor is null)
            return null;

        var instruction = (Instruction)known.Constructor.Invoke(Arguments(statement, operands));
        instruction.FloatingPointOperations = known.Flops;
        return instruction;
    }

    /// <summary>Returns what makes the instruction of a row closed over the types of its modifiers, and what a lane of it counts for.</summary>
    private static (ConstructorInvoker? Constructor, int Flops) Find(Statement statement)
    {
        var (executor, flops) = statement.Form.Operation switch
        {
            "Compare" => (Comparison(statement.Modifiers), 0),
            "Select<type>" => (typeof(Select<>).MakeGenericType(ClrTypes.Of(statement.Modifiers["type"])), 0),
            _ => Executor(statement),
        };
        return (executor is null ? null : ConstructorInvoker.Create(executor.GetConstructors().Single()), flops);
    }

    private static (Type? Executor, int Flops) Executor(Statement statement)
    {
        var operation = FindOperation(statement);
        if (operation is null)
            return (null, 0);

        var contract = operation.GetInterfaces().Single(type => Executors.ContainsKey(type.GetGenericTypeDefinition()));
        var executor = Executors[contract.GetGenericTypeDefinition()].MakeGenericType([.. contract.GetGenericArguments(), operation]);
        return (executor, operation.GetCustomAttribute<FloatingPointAttribute>() is { } cost && IsFloat(statement) ? cost.Operations : 0);
    }

    private static object?[] Arguments(Statement statement, DecodedOperands operands)
    {
        switch (statement.Form.Operation)
        {
            case "Compare":
                var combined = statement.Modifiers.TryGetValue("bool", out var logic);
                return [operands[0], operands[1], operands[2], combined ? operands[3] : default(Slot), combined && operands.IsNegated(3), logic ?? ""];
            case "Select<type>":
                return [operands[0], operands[1], operands[2], operands[3], operands.IsNegated(3)];
            default:
                var arguments = new object?[operands.Count];
                for (var index = 0; index < arguments.Length; index++)
                    arguments[index] = operands[index];

                return arguments;
        }
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

    private static Type Comparison(IReadOnlyDictionary<string, string> modifiers)
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
        return typeof(Compare<,>).MakeGenericType(type, comparison.MakeGenericType(type));
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
}
