namespace StaticNet.PtxVm.Parsing;

/// <summary>A virtual register.</summary>
/// <param name="Index">Its number within the kernel, in order of declaration.</param>
internal sealed record Register(string Name, ScalarType Type, int Index);

/// <summary>A parameter of a kernel.</summary>
/// <param name="Offset">Where it lies in the kernel's parameters, in bytes.</param>
/// <param name="Size">Its bytes: those of its type, or of the whole array.</param>
internal sealed record Parameter(string Name, ScalarType Type, int Offset, int Size);

/// <summary>An array in shared memory.</summary>
/// <param name="Offset">Where it lies in a CTA's shared memory, in bytes.</param>
/// <param name="Size">Its bytes; 0 for the array whose size the launch gives.</param>
internal sealed record SharedVariable(string Name, int Offset, int Size);

/// <summary>An instruction and where it stands.</summary>
internal sealed record Statement(
    RegisterOperand? Guard,
    InstructionForm Form,
    IReadOnlyDictionary<string, string> Modifiers,
    IReadOnlyList<Operand> Operands,
    int Line,
    string Text);
