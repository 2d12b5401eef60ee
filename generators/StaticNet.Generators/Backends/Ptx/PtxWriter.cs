using System.Text;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes the body of one kernel, instruction by instruction. Every method is one instruction, or none where constants make it needless;
/// operands are checked against its types, so that what is written assembles.
/// </summary>
internal sealed partial class PtxWriter
{
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _text = new();
    private readonly int[] _registers = new int[Enum.GetValues(typeof(PtxType)).Length];
    private readonly List<string> _parameters = [];
    private readonly List<string> _shared = [];
    private readonly Dictionary<string, PtxValue> _special = new(StringComparer.Ordinal);
    private PtxValue? _batch;
    private readonly HashSet<PtxValue> _changing = [];
    private readonly Stack<Dictionary<string, PtxValue>> _known = new([new Dictionary<string, PtxValue>(StringComparer.Ordinal)]);
    private PtxValue? _guard;
    private bool _guardWhen;
    private int _labels;

    /// <summary>
    /// The kernel that was written: its head, registers and body.
    /// </summary>
    /// <param name="name">Its name in the module.</param>
    /// <param name="description">What it computes; stands above it, line by line.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="blocks">Blocks that a multiprocessor should hold at once, so that the assembler keeps to as few registers; null for no wish.</param>
    public string Kernel(string name, string description, int threads, int? blocks = null)
    {
        var text = new StringBuilder();
        foreach (var line in description.Split('\n'))
        {
            text.Append("// ").Append(Ascii(line)).Append('\n');
        }

        text.Append(".visible .entry ").Append(name).Append('(').Append(string.Join(", ", _parameters.Append($".param .u32 {BatchName}"))).Append(")\n");
        text.Append(".maxntid ").Append(threads).Append(", 1, 1\n");
        if (blocks is { } least)
        {
            text.Append(".minnctapersm ").Append(least).Append('\n');
        }

        text.Append("{\n");
        foreach (PtxType type in Enum.GetValues(typeof(PtxType)))
        {
            if (_registers[(int)type] > 0)
            {
                text.Append("\t.reg ").Append(PtxValue.Declaration(type)).Append(" %").Append(PtxValue.Prefix(type)).Append('<')
                    .Append(_registers[(int)type]).Append(">;\n");
            }
        }

        _shared.ForEach(line => text.Append('\t').Append(line).Append('\n'));
        return text.Append(_head).Append(_text).Append("\tret;\n}\n").ToString();
    }

    /// <summary>The address that a parameter of the kernel gives, in global memory.</summary>
    public PtxValue AddressParameter(string name)
    {
        _parameters.Add($".param .u64 {name}");
        var (generic, address) = (Fresh(PtxType.Long), Fresh(PtxType.Long));
        Head($"ld.param.u64 {generic}, [{name}];");
        Head($"cvta.to.global.u64 {address}, {generic};");
        return address;
    }

    /// <summary>How many samples there are: the last parameter of every kernel.</summary>
    public PtxValue Batch
    {
        get
        {
            if (_batch is null)
            {
                _batch = Fresh(PtxType.Word);
                Head($"ld.param.u32 {_batch}, [{BatchName}];");
            }

            return _batch.Value;
        }
    }

    /// <summary>The number of the thread in its block.</summary>
    public PtxValue Thread => Special("%tid.x");

    /// <summary>The number of the block along x, y or z.</summary>
    public PtxValue Block(char axis) => Special($"%ctaid.{axis}");

    /// <summary>How many blocks there are along x, y or z.</summary>
    public PtxValue Blocks(char axis) => Special($"%nctaid.{axis}");

    /// <summary>Bytes of shared memory, known by name; the result is their address.</summary>
    public PtxValue Shared(string name, int bytes, int alignment = 16)
    {
        _shared.Add($".shared .align {alignment} .b8 {name}[{bytes}];");
        return Result("mov.u32", PtxType.Word, name);
    }

    /// <summary>
    /// The shared memory that the launch gives besides what is declared, when more is needed than the 48 KB that may be; the module
    /// declares it once.
    /// </summary>
    public PtxValue DynamicShared() => Result("mov.u32", PtxType.Word, DynamicSharedName);

    /// <summary>The name of <see cref="DynamicShared"/> in a module.</summary>
    public const string DynamicSharedName = "dynamicShared";

    private PtxValue Special(string name)
    {
        if (!_special.TryGetValue(name, out var value))
        {
            value = _special[name] = Fresh(PtxType.Word);
            Head($"mov.u32 {value}, {name};");
        }

        return value;
    }

    private const string BatchName = "batch";

    private PtxValue Fresh(PtxType type) => PtxValue.Register(type, _registers[(int)type]++);

    /// <summary>The result of an instruction that gives the same for the same operands: where it is known already, it is not written again.</summary>
    private PtxValue Result(string opcode, PtxType type, params object[] operands)
    {
        var text = $"{opcode} {string.Join(", ", operands)}";
        if (operands.OfType<PtxValue>().Any(_changing.Contains))
        {
            return Written();
        }

        if (_known.Select(scope => scope.TryGetValue(text, out var found) ? found : (PtxValue?)null).FirstOrDefault(found => found is not null) is { } known)
        {
            return known;
        }

        var result = Written();
        if (_guard is null)
        {
            _known.Peek()[text] = result;
        }

        return result;

        PtxValue Written()
        {
            var register = Fresh(type);
            Emit(opcode, [register, .. operands]);
            return register;
        }
    }

    /// <summary>A part that may be skipped: what becomes known there is not known behind it.</summary>
    private void Scope(Action body)
    {
        _known.Push(new(StringComparer.Ordinal));
        body();
        _known.Pop();
    }

    private void Emit(string opcode, params object[] operands)
    {
        var guard = _guard is { } condition ? $"@{(_guardWhen ? "" : "!")}{condition} " : "";
        Raw($"{guard}{opcode}{(operands.Length > 0 ? " " : "")}{string.Join(", ", operands)};");
    }

    // What is the same everywhere in a kernel is read once, at the begin: a guarded or skipped part may not be the one that reads it.
    private void Head(string line) => _head.Append('\t').Append(line).Append('\n');

    private void Raw(string line) => _text.Append('\t').Append(line).Append('\n');

    /// <summary>A comment in the signs that the assembler takes: it stops at others, even there.</summary>
    private static string Ascii(string text) => string.Concat(text.Select(sign => sign switch
    {
        '×' => "x",
        '·' => "*",
        '−' => "-",
        '…' => "..",
        'Σ' => "sum",
        '²' => "^2",
        '⌈' or '⌉' => "",
        < (char)128 => sign.ToString(),
        _ => "?",
    }));

    /// <summary>Other registers never change, so that equal instructions are written once.</summary>
    private void RequireVariables(params PtxValue[] registers)
    {
        if (!registers.All(_changing.Contains))
        {
            throw new ArgumentException("Only a variable may change.");
        }
    }

    private static void Require(PtxType type, params PtxValue[] values)
    {
        foreach (var value in values)
        {
            if (value.Type != type)
            {
                throw new ArgumentException($"{value} is {value.Type} where {type} is needed.");
            }
        }
    }
}
