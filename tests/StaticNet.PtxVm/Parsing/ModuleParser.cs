using System.Globalization;

namespace StaticNet.PtxVm.Parsing;

/// <summary>Reads the directives of a module and the heads of its kernels.</summary>
internal sealed class ModuleParser(string source)
{
    private static readonly string[] Targets = ["sm_80", "sm_86", "sm_87", "sm_89", "sm_90"];

    private readonly TokenReader tokens = new(source);
    private readonly List<Kernel> kernels = [];
    private readonly ConstantBank constants = new();
    private readonly Dictionary<string, (ScalarType Type, int Alignment, int Size)> moduleShared = [];

    public PtxModule Parse()
    {
        ReadHead();
        while (tokens.Next.Kind != TokenKind.End)
            ReadTopLevel();

        return new(kernels);
    }

    private void ReadHead()
    {
        ExpectDirective("version");
        var version = tokens.Take().Text + "." + (tokens.Next.Kind == TokenKind.Dotted ? tokens.Dotted() : "0");
        if (!decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number is < 7.4m or >= 9m)
            throw tokens.Error($".version {version} is not supported: 7.4 or later is needed");

        ExpectDirective("target");
        var target = tokens.Name();
        if (!Targets.Contains(target))
            throw tokens.Error($".target {target} is not supported: sm_80 or later is needed");

        ExpectDirective("address_size");
        if (tokens.Count() != 64)
            throw tokens.Error("only 64-bit addresses are supported");
    }

    private void ExpectDirective(string name)
    {
        if (tokens.Next.Kind != TokenKind.Dotted || tokens.Next.Text != name)
            throw tokens.Error($".{name} expected before '{tokens.Next.Text}'");

        tokens.Take();
    }

    private void ReadTopLevel()
    {
        switch (tokens.Dotted())
        {
            case "visible":
                ExpectDirective("entry");
                ReadKernel();
                break;
            case "extern":
                ExpectDirective("shared");
                ReadShared(moduleShared, isExternal: true);
                break;
            case "shared":
                ReadShared(moduleShared, isExternal: false);
                break;
            case "const":
                ReadConstant();
                break;
            case var other:
                throw tokens.Error($"unknown directive '.{other}'");
        }
    }

    private void ReadKernel()
    {
        var kernel = new Kernel(tokens.Name(), constants);
        if (kernels.Any(other => other.Name == kernel.Name))
            throw tokens.Error($"kernel '{kernel.Name}' is there twice");

        if (tokens.Skip("("))
            ReadParameters(kernel);

        while (tokens.Next.Kind == TokenKind.Dotted)
            ReadPerformanceDirective(kernel);

        tokens.Expect("{");
        var body = new BodyParser(tokens, kernel, moduleShared);
        body.Parse();
        kernels.Add(kernel);
    }

    private void ReadParameters(Kernel kernel)
    {
        if (tokens.Skip(")"))
            return;

        do
        {
            ExpectDirective("param");
            var alignment = ReadAlignment();
            var type = tokens.Type();
            var name = tokens.Name();
            var count = ReadArraySize() ?? 1;
            if (type.Size == 0 || count == 0)
                throw tokens.Error($"parameter '{name}' has no size");

            if (kernel.Parameters.Any(other => other.Name == name))
                throw tokens.Error($"parameter '{name}' is there twice");

            kernel.Parameters.Add(new(name, type, RoundUp(kernel.ParameterSize, Math.Max(alignment, type.Size)), type.Size * count));
        }
        while (tokens.Skip(","));
        tokens.Expect(")");
    }

    private void ReadPerformanceDirective(Kernel kernel)
    {
        switch (tokens.Dotted())
        {
            case "reqntid":
                kernel.RequiredThreads = ReadExtents();
                break;
            case "maxntid":
                kernel.MaximumThreads = ReadExtents();
                break;
            case "minnctapersm" or "maxnreg":
                tokens.Count();
                break;
            case var other:
                throw tokens.Error($"unknown directive '.{other}'");
        }
    }

    private (int X, int Y, int Z) ReadExtents()
    {
        var x = tokens.Count();
        var y = tokens.Skip(",") ? tokens.Count() : 1;
        var z = tokens.Skip(",") ? tokens.Count() : 1;
        return (x, y, z);
    }

    /// <summary>Reads what follows <c>.shared</c>; the array gets its place in each kernel that names it.</summary>
    private void ReadShared(Dictionary<string, (ScalarType Type, int Alignment, int Size)> variables, bool isExternal)
    {
        var (name, type, alignment, size) = ReadSharedVariable(tokens);
        if (isExternal != (size == 0))
            throw tokens.Error(isExternal ? "an external array has no size" : "an array needs a size");

        if (!variables.TryAdd(name, (type, alignment, size)))
            throw tokens.Error($"'{name}' is declared twice");
    }

    /// <summary>Reads what follows <c>.const</c>; what has no value is zero.</summary>
    private void ReadConstant()
    {
        var alignment = ReadAlignment();
        var type = tokens.Type();
        var name = tokens.Name();
        var values = new byte[type.Size * (ReadArraySize() ?? 1)];
        if (values.Length == 0)
            throw tokens.Error($"'{name}' has no size");

        if (tokens.Skip("="))
            ReadValues(type, values);

        tokens.Expect(";");
        if (!constants.TryAdd(name, Math.Max(alignment, type.Size), values))
            throw tokens.Error($"'{name}' is declared twice");
    }

    private void ReadValues(ScalarType type, byte[] values)
    {
        var isList = tokens.Skip("{");
        var offset = 0;
        do
        {
            var value = tokens.Number();
            if (OperandPattern.CheckImmediate(value, type) is { } problem)
                throw tokens.Error(problem);

            if (offset == values.Length)
                throw tokens.Error("more values than the array has");

            for (var index = 0; index < type.Size; index++)
                values[offset++] = (byte)(value.Value >> (8 * index));
        }
        while (isList && tokens.Skip(","));
        if (isList)
            tokens.Expect("}");
    }

    internal static (string Name, ScalarType Type, int Alignment, int Size) ReadSharedVariable(TokenReader tokens)
    {
        var alignment = ReadAlignment(tokens);
        var type = tokens.Type();
        var name = tokens.Name();
        var count = ReadArraySize(tokens) ?? 1;
        tokens.Expect(";");
        return type.Size == 0 ? throw tokens.Error("a predicate has no address") : (name, type, Math.Max(alignment, type.Size), type.Size * count);
    }

    internal static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private int ReadAlignment() => ReadAlignment(tokens);

    private int? ReadArraySize() => ReadArraySize(tokens);

    private static int ReadAlignment(TokenReader tokens)
    {
        if (tokens.Next is not { Kind: TokenKind.Dotted, Text: "align" })
            return 1;

        tokens.Take();
        var alignment = tokens.Count();
        return int.IsPow2(alignment) ? alignment : throw tokens.Error($".align {alignment} is no power of two");
    }

    /// <summary>Reads <c>[n]</c>; <c>[]</c> gives 0, and no brackets null.</summary>
    private static int? ReadArraySize(TokenReader tokens)
    {
        if (!tokens.Skip("["))
            return null;

        var count = tokens.Skip("]") ? 0 : tokens.Count();
        if (count > 0)
            tokens.Expect("]");

        return count;
    }
}
