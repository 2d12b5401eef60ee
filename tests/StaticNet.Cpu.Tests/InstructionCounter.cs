using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;

namespace StaticNet.Cpu.Tests;

/// <summary>How large a method's IL is, in the measures of the JIT.</summary>
internal sealed class InstructionCounter
{
    private static readonly Dictionary<int, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public InstructionCounter(ImmutableArray<byte> il)
    {
        Bytes = il.Length;
        var begins = new HashSet<int> { 0 };
        for (var position = 0; position < il.Length;)
        {
            var code = il[position] == 0xFE ? s_codes[0xFE00 | il[position + 1]] : s_codes[il[position]];
            var operand = position + code.Size;
            position = operand + OperandSize(code, il, operand);
            Instructions++;
            foreach (var target in Targets(code, il, operand, position))
                begins.Add(target);
            if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
                begins.Add(position);
        }

        begins.Remove(il.Length);
        Blocks = begins.Count;
    }

    public int Bytes { get; }

    public int Instructions { get; }

    /// <summary>Basic blocks: they begin where a branch leads and behind one.</summary>
    public int Blocks { get; }

    private static int OperandSize(OpCode code, ImmutableArray<byte> il, int operand) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * Number(il, operand)),
        _ => 4,
    };

    private static IEnumerable<int> Targets(OpCode code, ImmutableArray<byte> il, int operand, int next) => code.OperandType switch
    {
        OperandType.ShortInlineBrTarget => [next + (sbyte)il[operand]],
        OperandType.InlineBrTarget => [next + Number(il, operand)],
        OperandType.InlineSwitch => Enumerable.Range(0, Number(il, operand)).Select(i => next + Number(il, operand + 4 + (4 * i))),
        _ => [],
    };

    private static int Number(ImmutableArray<byte> il, int position) => BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan()[position..]);
}
