using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>Turns the statements of a kernel into instructions that know where their operands lie.</summary>
internal sealed class Decoder
{
    private readonly Kernel kernel;
    private readonly RegisterLayout layout;

    private Decoder(Kernel kernel)
    {
        this.kernel = kernel;
        layout = new(kernel.Registers);
    }

    /// <summary>Decodes a kernel.</summary>
    /// <exception cref="PtxSyntaxException">A name is not declared, or an access does not fit what is.</exception>
    public static Program Decode(Kernel kernel)
    {
        var decoder = new Decoder(kernel);
        return new(kernel, kernel.Statements.Select(decoder.Decode).ToArray(), decoder.layout);
    }

    private Instruction Decode(Statement statement)
    {
        var operands = new DecodedOperands(kernel, layout, statement);
        var instruction = OperationDecoder.TryDecode(statement, operands) ?? MemoryDecoder.TryDecode(kernel, statement, operands)
            ?? WarpDecoder.TryDecode(statement, operands) ?? ControlDecoder.Decode(kernel, statement, operands);
        instruction.Line = statement.Line;
        instruction.Text = statement.Text;
        instruction.Sources = operands.Sources;
        instruction.Results = operands.Results;
        if (statement.Guard is { } guard)
        {
            instruction.Guard = layout[guard.Register];
            instruction.IsGuardNegated = guard.Negated;
        }

        return instruction;
    }
}
