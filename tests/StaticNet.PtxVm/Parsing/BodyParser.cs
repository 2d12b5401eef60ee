namespace StaticNet.PtxVm.Parsing;

/// <summary>Reads the body of a kernel: registers, shared arrays, labels and instructions.</summary>
internal sealed class BodyParser(TokenReader tokens, Kernel kernel, Dictionary<string, (ScalarType Type, int Alignment, int Size)> moduleShared)
{
    private readonly Dictionary<string, Register> registers = [];
    private string? dynamicArray;

    public void Parse()
    {
        while (!tokens.Skip("}"))
        {
            if (tokens.Next.Kind == TokenKind.Dotted)
                ReadDeclaration();
            else if (tokens.Next.Kind == TokenKind.Name && tokens.AfterNext.Text == ":")
                ReadLabel();
            else
                ReadInstruction();
        }

        foreach (var statement in kernel.Statements)
        {
            foreach (var target in statement.Operands.OfType<NameOperand>())
            {
                if (!kernel.Labels.ContainsKey(target.Name) && !kernel.Shared.ContainsKey(target.Name) && !kernel.Constants.TryGet(target.Name, out _))
                    throw tokens.Error($"'{target.Name}' is not declared", statement.Line);
            }
        }

        PlaceDynamicArray();
    }

    private void ReadDeclaration()
    {
        switch (tokens.Dotted())
        {
            case "reg":
                ReadRegisters();
                break;
            case "shared":
                var (name, _, alignment, size) = ModuleParser.ReadSharedVariable(tokens);
                if (size == 0)
                    throw tokens.Error("an array needs a size");

                Place(name, alignment, size);
                break;
            case var other:
                throw tokens.Error($"unknown directive '.{other}'");
        }
    }

    private void ReadRegisters()
    {
        var type = tokens.Type();
        if (type.Size == 1)
            throw tokens.Error("registers have 16 bits or more");

        do
        {
            var name = tokens.Name();
            if (!name.StartsWith('%'))
                throw tokens.Error($"register '{name}' without '%'");

            if (tokens.Skip("<"))
            {
                var count = tokens.Count();
                tokens.Expect(">");
                for (var index = 0; index < count; index++)
                    Declare($"{name}{index}", type);
            }
            else
            {
                Declare(name, type);
            }
        }
        while (tokens.Skip(","));
        tokens.Expect(";");
    }

    private void Declare(string name, ScalarType type)
    {
        var register = new Register(name, type, kernel.Registers.Count);
        if (SpecialRegisters.Contains(name) || !registers.TryAdd(name, register))
            throw tokens.Error($"register '{name}' is declared twice");

        kernel.Registers.Add(register);
    }

    private void ReadLabel()
    {
        var label = tokens.Name();
        tokens.Expect(":");
        if (!kernel.Labels.TryAdd(label, kernel.Statements.Count))
            throw tokens.Error($"label '{label}' is there twice");
    }

    private void ReadInstruction()
    {
        var line = tokens.Next.Line;
        var guard = tokens.Skip("@") ? ReadGuard() : null;
        line = Math.Max(line, tokens.Next.Line);
        var opcode = tokens.Name();
        var modifiers = new List<string>();
        while (tokens.Next.Kind == TokenKind.Dotted)
            modifiers.Add(tokens.Dotted());

        var operands = new List<Operand>();
        if (!tokens.Skip(";"))
        {
            do
                operands.Add(ReadOperand());
            while (tokens.Skip(","));
            if (tokens.Next.Text != ";")
                throw tokens.Error($"';' expected before '{tokens.Next.Text}'", line);

            tokens.Take();
        }

        var match = InstructionForms.Match(opcode, modifiers, operands, out var problem);
        if (match is null)
            throw tokens.Error(problem, line);

        kernel.Statements.Add(new(guard, match.Value.Form, match.Value.Modifiers, operands, line, tokens.Line(line)));
    }

    private RegisterOperand ReadGuard()
    {
        var negated = tokens.Skip("!");
        var register = ReadRegister(tokens.Name());
        return register.Type == ScalarType.Predicate ? new(register, negated) : throw tokens.Error($"guard '{register.Name}' is no predicate");
    }

    private Register ReadRegister(string name) => registers.GetValueOrDefault(name) ?? throw tokens.Error($"register '{name}' is not declared");

    private Operand ReadOperand()
    {
        if (tokens.Skip("{"))
            return ReadVector();

        if (tokens.Skip("["))
            return ReadAddress();

        if (tokens.Skip("!"))
            return new RegisterOperand(ReadRegister(tokens.Name()), Negated: true);

        if (tokens.Next.Kind == TokenKind.Number || tokens.Next.Text == "-")
            return tokens.Number();

        var first = ReadName();
        return tokens.Skip("|") ? new PairOperand(first, ReadName()) : first;
    }

    private VectorOperand ReadVector()
    {
        var elements = new List<Operand>();
        do
            elements.Add(tokens.Next.Kind == TokenKind.Number ? tokens.Number() : ReadName());
        while (tokens.Skip(","));
        tokens.Expect("}");
        return new(elements);
    }

    private Operand ReadName()
    {
        var name = tokens.Name();
        if (!name.StartsWith('%'))
        {
            PlaceIfShared(name);
            return new NameOperand(name);
        }

        if (tokens.Next is { Kind: TokenKind.Dotted, Text: "x" or "y" or "z" })
            name += "." + tokens.Dotted();

        return SpecialRegisters.Contains(name) ? new SpecialOperand(name) : new RegisterOperand(ReadRegister(name));
    }

    private AddressOperand ReadAddress()
    {
        Register? register = null;
        string? symbol = null;
        Int128 offset = 0;
        if (tokens.Next.Kind == TokenKind.Number)
        {
            offset = tokens.Number().Value;
        }
        else
        {
            var name = tokens.Name();
            if (name.StartsWith('%'))
                register = ReadRegister(name);
            else
                symbol = name;

            PlaceIfShared(name);
            // The assembler takes [a+-4], but not [a-4].
            if (tokens.Skip("+"))
                offset = tokens.Number().Value;
        }

        tokens.Expect("]");
        return offset >= int.MinValue && offset <= int.MaxValue ? new(register, symbol, (long)offset) : throw tokens.Error("an offset has 32 bits");
    }

    /// <summary>Gives an array of the module its place when this kernel first names it.</summary>
    private void PlaceIfShared(string name)
    {
        if (kernel.Shared.ContainsKey(name) || !moduleShared.TryGetValue(name, out var variable))
            return;

        if (variable.Size > 0)
        {
            Place(name, variable.Alignment, variable.Size);
            return;
        }

        if (dynamicArray is not null && dynamicArray != name)
            throw tokens.Error("a kernel has one external array");

        dynamicArray = name;
        kernel.Shared.Add(name, new(name, 0, 0));
    }

    private void Place(string name, int alignment, int size)
    {
        var offset = ModuleParser.RoundUp(kernel.StaticSharedSize, alignment);
        if (!kernel.Shared.TryAdd(name, new(name, offset, size)))
            throw tokens.Error($"'{name}' is declared twice");

        kernel.StaticSharedSize = offset + size;
    }

    /// <summary>The array whose size the launch gives follows all others.</summary>
    private void PlaceDynamicArray()
    {
        if (dynamicArray is null)
            return;

        kernel.StaticSharedSize = ModuleParser.RoundUp(kernel.StaticSharedSize, moduleShared[dynamicArray].Alignment);
        kernel.Shared[dynamicArray] = new(dynamicArray, kernel.StaticSharedSize, 0);
    }
}
