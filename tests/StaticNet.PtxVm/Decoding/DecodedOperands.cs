using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>The operands of a statement as places in the register file.</summary>
internal sealed class DecodedOperands
{
    private readonly Kernel kernel;
    private readonly RegisterLayout layout;
    private readonly Statement statement;

    public DecodedOperands(Kernel kernel, RegisterLayout layout, Statement statement)
    {
        this.kernel = kernel;
        this.layout = layout;
        this.statement = statement;
        Sources = Registers(isResult: false);
        Results = Registers(isResult: true);
    }

    public int Count => statement.Operands.Count;

    /// <summary>The numbers of the registers that are read, the guard apart.</summary>
    public int[] Sources { get; }

    /// <summary>The numbers of the registers that are written.</summary>
    public int[] Results { get; }

    /// <summary>Returns the places of an operand's elements: one of a scalar, two of a pair.</summary>
    public Slot[] All(int index)
    {
        var type = statement.Form.Operands[index].Type(statement.Modifiers);
        return statement.Operands[index] switch
        {
            VectorOperand vector => vector.Elements.Select(element => Place(element, type)).ToArray(),
            PairOperand pair => [Place(pair.First, type), Place(pair.Second, ScalarType.Predicate)],
            var scalar => [Place(scalar, type)],
        };
    }

    /// <summary>Returns the place of a scalar operand.</summary>
    public Slot this[int index] => statement.Operands[index] is VectorOperand or PairOperand
        ? All(index)[0]
        : Place(statement.Operands[index], statement.Form.Operands[index].Type(statement.Modifiers));

    /// <summary>Tells whether an operand is a predicate with <c>!</c>.</summary>
    public bool IsNegated(int index) => statement.Operands[index] is RegisterOperand { Negated: true };

    /// <summary>Returns the value of an operand that is a constant integer.</summary>
    public int Constant(int index) => statement.Operands[index] is ImmediateOperand immediate
        ? (int)immediate.Value
        : throw Error("a constant is needed here");

    /// <summary>Returns the name that an operand is.</summary>
    public string Name(int index) => ((NameOperand)statement.Operands[index]).Name;

    /// <summary>Returns the address that an operand is: a register or none, and bytes to add.</summary>
    public AddressSource Address(int index)
    {
        var address = (AddressOperand)statement.Operands[index];
        var offset = address.Offset;
        if (address.Symbol is { } symbol)
        {
            offset += statement.Form.Operands[index].AddressSpace(statement.Modifiers) switch
            {
                "param" => kernel.Parameters.Find(parameter => parameter.Name == symbol)?.Offset ?? throw Error($"there is no parameter '{symbol}'"),
                "const" => kernel.Constants.TryGet(symbol, out var constant) ? constant : throw Error($"there is no constant '{symbol}'"),
                _ => kernel.Shared.GetValueOrDefault(symbol)?.Offset ?? throw Error($"there is no shared array '{symbol}'"),
            };
        }

        var register = address.Base is { } found ? layout[found] : default;
        return new(register.Offset, register.Size, offset);
    }

    /// <summary>Returns the exception for a problem with this statement.</summary>
    public PtxSyntaxException Error(string problem) => new(problem, statement.Line, statement.Text);

    /// <summary>Returns the address of a variable within its state space.</summary>
    private ulong VariableAddress(string name) => kernel.Shared.TryGetValue(name, out var shared) ? (ulong)shared.Offset
        : kernel.Constants.TryGet(name, out var constant) ? (ulong)constant
        : throw Error($"'{name}' is no variable");

    private Slot Place(Operand operand, ScalarType? type) => operand switch
    {
        RegisterOperand register => layout[register.Register],
        SpecialOperand special => layout.Special(special.Name),
        ImmediateOperand immediate => layout.Constant((ulong)(UInt128)immediate.Value, type?.Size ?? 4),
        NameOperand name => layout.Constant(VariableAddress(name.Name), ScalarType.Of(statement.Modifiers["type"]).Size),
        _ => throw Error("unexpected operand"),
    };

    private int[] Registers(bool isResult)
    {
        var registers = new List<int>();
        for (var index = 0; index < statement.Operands.Count; index++)
        {
            if (statement.Form.Operands[index].IsResult == isResult)
                AddRegisters(statement.Operands[index], registers);
        }

        return [.. registers];
    }

    private static void AddRegisters(Operand operand, List<int> registers)
    {
        switch (operand)
        {
            case RegisterOperand { Register.Index: var index } when !registers.Contains(index):
                registers.Add(index);
                break;
            case AddressOperand { Base.Index: var index } when !registers.Contains(index):
                registers.Add(index);
                break;
            case VectorOperand vector:
                foreach (var element in vector.Elements)
                    AddRegisters(element, registers);

                break;
            case PairOperand pair:
                AddRegisters(pair.First, registers);
                AddRegisters(pair.Second, registers);
                break;
        }
    }
}
