namespace StaticNet.PtxVm.Parsing;

/// <summary>An operand as it was written; what it may be is the instruction's business.</summary>
internal abstract record Operand;

/// <summary>A declared register, or the complement of a predicate.</summary>
internal sealed record RegisterOperand(Register Register, bool Negated = false) : Operand;

/// <summary>A special register, such as <c>%tid.x</c>.</summary>
internal sealed record SpecialOperand(string Name) : Operand;

/// <summary>A number by its bits. <paramref name="FloatSize"/> is 0 for integers, otherwise the bytes of the float it was written as.</summary>
internal sealed record ImmediateOperand(Int128 Value, int FloatSize) : Operand;

/// <summary><c>{a, b, …}</c></summary>
internal sealed record VectorOperand(IReadOnlyList<Operand> Elements) : Operand;

/// <summary><c>[base + offset]</c>, where the base is a register, a variable, a parameter or absent.</summary>
internal sealed record AddressOperand(Register? Base, string? Symbol, long Offset) : Operand;

/// <summary>A name that is no register: a label, or a variable whose address is meant.</summary>
internal sealed record NameOperand(string Name) : Operand;

/// <summary><c>d|p</c>: a result and the predicate that comes with it.</summary>
internal sealed record PairOperand(Operand First, Operand Second) : Operand;
