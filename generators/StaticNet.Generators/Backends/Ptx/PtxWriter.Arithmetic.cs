namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Comparisons of conditions; those of unsigned words are by their own method.</summary>
internal enum PtxComparison { Less, LessOrEqual, Equal, NotEqual, Greater, GreaterOrEqual }

/// <content>Integers, floats, conditions.</content>
internal sealed partial class PtxWriter
{
    /// <summary>a + b of words or of addresses.</summary>
    public PtxValue Add(PtxValue a, PtxValue b) => (a, b) switch
    {
        ({ Type: PtxType.Float }, _) => FloatResult("add.rn.f32", a, b),
        ({ Type: PtxType.Long }, { Constant: 0 }) => a,
        ({ Type: PtxType.Long }, { Constant: not null } or { Type: PtxType.Long }) => Result("add.u64", PtxType.Long, a, b),
        ({ Constant: { } x }, { Constant: { } y }) => unchecked(x + y),
        ({ Constant: 0 }, _) => b,
        (_, { Constant: 0 }) => a,
        ({ Constant: not null }, _) => Add(b, a),
        _ => WordResult("add.u32", a, b),
    };

    /// <summary>a − b of words or floats.</summary>
    public PtxValue Subtract(PtxValue a, PtxValue b) => (a, b) switch
    {
        ({ Type: PtxType.Float }, _) => FloatResult("sub.rn.f32", a, b),
        ({ Constant: { } x }, { Constant: { } y }) => unchecked(x - y),
        (_, { Constant: 0 }) => a,
        _ => WordResult("sub.u32", a, b),
    };

    /// <summary>a · b of words, its low half, or of floats.</summary>
    public PtxValue Multiply(PtxValue a, PtxValue b) => (a, b) switch
    {
        ({ Type: PtxType.Float }, _) => FloatResult("mul.rn.f32", a, b),
        ({ Constant: { } x }, { Constant: { } y }) => unchecked(x * y),
        ({ Constant: not null }, _) => Multiply(b, a),
        (_, { Constant: 0 }) => 0,
        (_, { Constant: 1 }) => a,
        (_, { Constant: { } power }) when IsPowerOfTwo(power) => WordResult("shl.b32", a, Logarithm(power)),
        _ => WordResult("mul.lo.u32", a, b),
    };

    /// <summary>a · b + c of words.</summary>
    public PtxValue MultiplyAdd(PtxValue a, PtxValue b, PtxValue c) =>
        a.Constant is not null || b.Constant is 0 or 1 || c.Constant is 0 ? Add(Multiply(a, b), c) : WordResult("mad.lo.u32", a, b, c);

    /// <summary>a / b of unsigned words.</summary>
    public PtxValue Divide(PtxValue a, PtxValue b) => (a, b) switch
    {
        ({ Type: PtxType.Float }, _) => FloatResult("div.rn.f32", a, b),
        ({ Constant: { } x }, { Constant: { } y }) => x / y,
        (_, { Constant: 1 }) => a,
        (_, { Constant: { } power }) when IsPowerOfTwo(power) => WordResult("shr.u32", a, Logarithm(power)),
        _ => WordResult("div.u32", a, b),
    };

    /// <summary>What remains of a / b of unsigned words.</summary>
    public PtxValue Remainder(PtxValue a, PtxValue b) => (a, b) switch
    {
        ({ Constant: { } x }, { Constant: { } y }) => x % y,
        (_, { Constant: 1 }) => 0,
        (_, { Constant: { } power }) when IsPowerOfTwo(power) => WordResult("and.b32", a, power - 1),
        _ => WordResult("rem.u32", a, b),
    };

    /// <summary>The smaller of unsigned words.</summary>
    public PtxValue MinimumWord(PtxValue a, PtxValue b) => a.Constant is { } x && b.Constant is { } y ? Math.Min(x, y) : WordResult("min.u32", a, b);

    /// <summary>The larger of unsigned words.</summary>
    public PtxValue MaximumWord(PtxValue a, PtxValue b) => a.Constant is { } x && b.Constant is { } y ? Math.Max(x, y) : WordResult("max.u32", a, b);

    /// <summary>Both conditions; null is one that always holds.</summary>
    public PtxValue? Both(PtxValue? a, PtxValue? b) => a is { } x && b is { } y ? And(x, y) : a ?? b;

    public PtxValue And(PtxValue a, PtxValue b) => a.Type == PtxType.Condition ? Conditions("and.pred", a, b) : WordResult("and.b32", a, b);

    public PtxValue Or(PtxValue a, PtxValue b) => a.Type == PtxType.Condition ? Conditions("or.pred", a, b) : WordResult("or.b32", a, b);

    public PtxValue Xor(PtxValue a, PtxValue b) => a.Constant is { } x && b.Constant is { } y ? x ^ y : WordResult("xor.b32", a, b);

    public PtxValue ShiftLeft(PtxValue a, int bits) => a.Constant is { } x ? x << bits : bits == 0 ? a : WordResult("shl.b32", a, bits);

    /// <summary>Shifts zeros in.</summary>
    public PtxValue ShiftRight(PtxValue a, int bits) => a.Constant is { } x ? x >> bits : bits == 0 ? a : WordResult("shr.u32", a, bits);

    /// <summary>The high half of the product of unsigned words.</summary>
    public PtxValue MultiplyHigh(PtxValue a, PtxValue b) =>
        a.Constant is { } x && b.Constant is { } y ? (uint)(((ulong)x * y) >> 32) : WordResult("mul.hi.u32", a, b);

    /// <summary>a · b + c in one rounding.</summary>
    public PtxValue FusedMultiplyAdd(PtxValue a, PtxValue b, PtxValue c) => FloatResult("fma.rn.f32", a, b, c);

    /// <summary>sum ← a · b + sum in one rounding.</summary>
    public void Accumulate(PtxValue sum, PtxValue a, PtxValue b)
    {
        Require(PtxType.Float, sum, a, b);
        RequireVariables(sum);
        Emit("fma.rn.f32", sum, a, b, sum);
    }

    public PtxValue Negate(PtxValue x) => FloatResult("neg.f32", x);

    public PtxValue Absolute(PtxValue x) => FloatResult("abs.f32", x);

    public PtxValue SquareRoot(PtxValue x) => FloatResult("sqrt.rn.f32", x);

    /// <summary>The larger of floats; NaN when either is.</summary>
    public PtxValue Maximum(PtxValue a, PtxValue b) => FloatResult("max.NaN.f32", a, b);

    /// <summary>The smaller of floats; NaN when either is.</summary>
    public PtxValue Minimum(PtxValue a, PtxValue b) => FloatResult("min.NaN.f32", a, b);

    /// <summary>The whole number next to a float, as a float; of two, the even one.</summary>
    public PtxValue Round(PtxValue x) => FloatResult("cvt.rni.f32.f32", x);

    /// <summary>The float of an unsigned word.</summary>
    public PtxValue ToFloat(PtxValue word)
    {
        Require(PtxType.Word, word);
        return Result("cvt.rn.f32.u32", PtxType.Float, word);
    }

    /// <summary>The float of a signed word.</summary>
    public PtxValue SignedToFloat(PtxValue word)
    {
        Require(PtxType.Word, word);
        return Result("cvt.rn.f32.s32", PtxType.Float, word);
    }

    /// <summary>The bits of a float as a word, or those of a word as a float.</summary>
    public PtxValue Bits(PtxValue value) => Result("mov.b32", value.Type == PtxType.Float ? PtxType.Word : PtxType.Float, value);

    /// <summary>Compares unsigned words.</summary>
    public PtxValue Compare(PtxComparison comparison, PtxValue a, PtxValue b)
    {
        Require(PtxType.Word, a, b);
        return Result($"setp.{Suffix(comparison)}.u32", PtxType.Condition, a, b);
    }

    /// <summary>Compares floats; with NaN only "not equal" holds.</summary>
    public PtxValue CompareFloats(PtxComparison comparison, PtxValue a, PtxValue b)
    {
        Require(PtxType.Float, a, b);
        return Result($"setp.{(comparison == PtxComparison.NotEqual ? "neu" : Suffix(comparison))}.f32", PtxType.Condition, a, b);
    }

    public PtxValue Not(PtxValue condition)
    {
        Require(PtxType.Condition, condition);
        return Result("not.pred", PtxType.Condition, condition);
    }

    /// <summary>One of two values of the same type.</summary>
    public PtxValue Select(PtxValue condition, PtxValue then, PtxValue otherwise)
    {
        Require(PtxType.Condition, condition);
        Require(then.Type, otherwise);
        return Result($"selp.{(then.Type == PtxType.Float ? "f32" : then.Type == PtxType.Long ? "b64" : "b32")}", then.Type, then, otherwise, condition);
    }

    /// <summary>register ← value.</summary>
    public void Set(PtxValue register, PtxValue value)
    {
        Require(register.Type, value);
        RequireVariables(register);
        Emit(register.Type switch { PtxType.Float => "mov.f32", PtxType.Long => "mov.b64", PtxType.Condition => "mov.pred", PtxType.Half => "mov.b16", _ => "mov.b32" }, register, value);
    }

    /// <summary>A register of its own that starts with a value, to be changed.</summary>
    public PtxValue Variable(PtxValue value)
    {
        var register = Fresh(value.Type);
        _changing.Add(register);
        Set(register, value);
        return register;
    }

    /// <summary>The address of element <paramref name="index"/> behind another.</summary>
    public PtxValue Address(PtxValue address, PtxValue index, int bytes = 4)
    {
        Require(PtxType.Long, address);
        Require(PtxType.Word, index);
        return index.Constant is { } constant ? Add(address, (uint)(constant * bytes)) : Result("mad.wide.u32", PtxType.Long, index, bytes, address);
    }

    private PtxValue WordResult(string opcode, params PtxValue[] operands)
    {
        Require(PtxType.Word, operands);
        return Result(opcode, PtxType.Word, [.. operands.Cast<object>()]);
    }

    private PtxValue FloatResult(string opcode, params PtxValue[] operands)
    {
        Require(PtxType.Float, operands);
        return Result(opcode, PtxType.Float, [.. operands.Cast<object>()]);
    }

    private PtxValue Conditions(string opcode, PtxValue a, PtxValue b)
    {
        Require(PtxType.Condition, a, b);
        return Result(opcode, PtxType.Condition, a, b);
    }

    private static string Suffix(PtxComparison comparison) => comparison switch
    {
        PtxComparison.Less => "lt",
        PtxComparison.LessOrEqual => "le",
        PtxComparison.Equal => "eq",
        PtxComparison.NotEqual => "ne",
        PtxComparison.Greater => "gt",
        _ => "ge",
    };

    private static bool IsPowerOfTwo(uint value) => value != 0 && (value & (value - 1)) == 0;

    private static int Logarithm(uint power)
    {
        var bits = 0;
        while (power > 1)
        {
            power >>= 1;
            bits++;
        }

        return bits;
    }
}
