namespace StaticNet.PtxVm.Parsing;

/// <summary>
/// The instructions of the subset, a row for each form, in the order and the terms of the PTX manual. A row is
/// <c>opcode .modifiers : operands : operation</c>; see <see cref="InstructionForm"/> and <see cref="OperandPattern"/>.
/// What has no row here is an error, so that a kernel never means something else here than on a device.
/// </summary>
internal static class InstructionForms
{
    private const string Rows =
        """
        add .type=$int : =T T T : Add<type>
        sub .type=$int : =T T T : Subtract<type>
        mul .lo .type=$int : =T T T : Multiply<type>
        mul .hi .type=$int : =T T T : MultiplyHigh<type,wide>
        mul .wide .type=u16|s16|u32|s32 : =W T T : MultiplyWide<type,wide>
        mad .lo .type=$int : =T T T T : MultiplyAdd<type>
        mad .hi .type=$int : =T T T T : MultiplyHighAdd<type,wide>
        mad .wide .type=u16|s16|u32|s32 : =W T T W : MultiplyWideAdd<type,wide>
        div .type=$int : =T T T : DivideInteger<type>
        rem .type=$int : =T T T : Remainder<type>
        abs .type=$signed : =T T : AbsoluteInteger<type>
        neg .type=$signed : =T T : Negate<type>
        min .type=$int : =T T T : Minimum<type>
        max .type=$int : =T T T : Maximum<type>
        popc .type=b32|b64 : =u32 T : PopulationCount<type>
        clz .type=b32|b64 : =u32 T : CountLeadingZeros<type>
        brev .type=b32|b64 : =T T : ReverseBits<type>
        bfe .type=u32|s32|u64|s64 : =T T u32 u32 : ExtractBits<type>
        bfi .type=b32|b64 : =T T T u32 u32 : InsertBits<type>

        add .rn? .type=f32|f64 : =T T T : Add<type>
        sub .rn? .type=f32|f64 : =T T T : Subtract<type>
        mul .rn? .type=f32|f64 : =T T T : Multiply<type>
        fma .rn .type=f32|f64 : =T T T T : FusedMultiplyAdd<type>
        div .rn .type=f32|f64 : =T T T : Divide<type>
        div .mode=approx|full .type=f32 : =T T T : ApproximateDivision
        abs .type=f32|f64 : =T T : Absolute<type>
        neg .type=f32|f64 : =T T : Negate<type>
        copysign .type=f32|f64 : =T T T : CopySign<type>
        min .NaN .type=f32 : =T T T : MinimumOrNaN<type>
        max .NaN .type=f32 : =T T T : MaximumOrNaN<type>
        min .type=f32|f64 : =T T T : MinimumNumber<type>
        max .type=f32|f64 : =T T T : MaximumNumber<type>
        rcp .rn .type=f32|f64 : =T T : Reciprocal<type>
        sqrt .rn .type=f32|f64 : =T T : SquareRoot<type>
        rcp .approx .type=f32 : =T T : Approximation<ApproximateReciprocal>
        sqrt .approx .type=f32 : =T T : Approximation<ApproximateSquareRoot>
        rsqrt .approx .type=f32 : =T T : Approximation<ApproximateReciprocalSquareRoot>
        ex2 .approx .type=f32 : =T T : Approximation<ApproximateExp2>
        lg2 .approx .type=f32 : =T T : Approximation<ApproximateLog2>
        sin .approx .type=f32 : =T T : Approximation<ApproximateSine>
        cos .approx .type=f32 : =T T : Approximation<ApproximateCosine>
        tanh .approx .type=f32 : =T T : Approximation<ApproximateTanh>

        and .type=b16|b32|b64 : =T T T : And<type>
        or .type=b16|b32|b64 : =T T T : Or<type>
        xor .type=b16|b32|b64 : =T T T : Xor<type>
        not .type=b16|b32|b64 : =T T : Not<type>
        and .pred : =pred pred pred : PredicateLogic
        or .pred : =pred pred pred : PredicateLogic
        xor .pred : =pred pred pred : PredicateLogic
        not .pred : =pred pred : PredicateLogic
        mov .pred : =pred pred : PredicateLogic
        shl .type=b16|b32|b64 : =T T u32 : ShiftLeft<type>
        shr .type=b16|b32|b64|$int : =T T u32 : ShiftRight<type>
        shf .l .wrap .b32 : =b32 b32 b32 u32 : FunnelShiftLeftWrap
        shf .l .clamp .b32 : =b32 b32 b32 u32 : FunnelShiftLeftClamp
        shf .r .wrap .b32 : =b32 b32 b32 u32 : FunnelShiftRightWrap
        shf .r .clamp .b32 : =b32 b32 b32 u32 : FunnelShiftRightClamp
        lop3 .b32 : =b32 b32 b32 b32 imm : LogicOfThree
        prmt .b32 : =b32 b32 b32 b32 : PermuteBytes

        setp .cmp=eq|ne .type=b16|b32|b64 : =pred T T : Compare
        setp .cmp=eq|ne|lt|le|gt|ge .type=$signed : =pred T T : Compare
        setp .cmp=eq|ne|lt|le|gt|ge|lo|ls|hi|hs .type=u16|u32|u64 : =pred T T : Compare
        setp .cmp=$float .type=f32|f64 : =pred T T : Compare
        setp .cmp=eq|ne .bool=and|or|xor .type=b16|b32|b64 : =pred T T pred : Compare
        setp .cmp=eq|ne|lt|le|gt|ge .bool=and|or|xor .type=$signed : =pred T T pred : Compare
        setp .cmp=eq|ne|lt|le|gt|ge|lo|ls|hi|hs .bool=and|or|xor .type=u16|u32|u64 : =pred T T pred : Compare
        setp .cmp=$float .bool=and|or|xor .type=f32|f64 : =pred T T pred : Compare
        selp .type=b16|b32|b64|$int|f32|f64 : =T T T pred : Select<type>

        mov .type=b16|b32|b64|$int|f32|f64 : =T T : Move<type>
        mov .type=b32|u32|s32 : =T special : Move<type>
        mov .type=b32|u32|b64|u64 : =T addr : Move<type>
        mov .type=b32 : =T b16x2 : Pack
        mov .type=b64 : =T b32x2 : Pack
        mov .type=b64 : =T b16x4 : Pack
        mov .type=b32 : =b16x2 T : Unpack
        mov .type=b64 : =b32x2 T : Unpack
        mov .type=b64 : =b16x4 T : Unpack
        cvta .to? .global .type=u64 : =T T : Move<type>

        cvt .type=u8|s8|$int .from=u8|s8|$int : =T+ F+ : Convert<from,type,Truncate>
        cvt .rn .type=f32|f64|f16 .from=u8|s8|$int : =T+ F+ : Convert<from,type,Round>
        cvt .round=rni|rzi|rmi|rpi .type=$int .from=f32|f64 : =T+ F+ : Convert<from,type,round>
        cvt .round=rni|rzi|rmi|rpi .type=f32 .from=f32 : =T F : Convert<from,type,round>
        cvt .type=f64 .from=f32 : =T F : Convert<from,type,Round>
        cvt .type=f32 .from=f16 : =T F : Convert<from,type,Round>
        cvt .rn .type=f32 .from=f64 : =T F : Convert<from,type,Round>
        cvt .rn .type=f16 .from=f32 : =T F : Convert<from,type,Round>
        cvt .rn .relu? .bf16 .f32 : =b16 f32 : ToBFloat16
        cvt .rn .relu? .bf16x2 .f32 : =b32 f32 f32 : ToBFloat16Pair
        cvt .rn .relu? .f16x2 .f32 : =b32 f32 f32 : ToHalfPair
        cvt .rna .tf32 .f32 : =b32 f32 : ToTensorFloat32

        ld .param .vec?=v2|v4 .type=$memory : =TxV+ [param] : Load
        ld .space=global .cache?=ca|cg|cs|lu|cv .l2?=$l2 .vec?=v2|v4 .type=$memory : =TxV+ [global] : Load
        ld .space=global .cache?=ca|cg|cs .nc .l2?=$l2 .vec?=v2|v4 .type=$memory : =TxV+ [global] : Load
        ld .space=global .nc? .l1=$l1 .l2?=$l2 .vec?=v2|v4 .type=$memory : =TxV+ [global] : Load
        ld .order=volatile .space=global .vec?=v2|v4 .type=$memory : =TxV+ [global] : Load
        ld .order=relaxed|acquire .scope=cta|gpu|sys .space=global .vec?=v2|v4 .type=$memory : =TxV+ [global] : Load
        ld .order?=volatile .space=shared .vec?=v2|v4 .type=$memory : =TxV+ [shared] : Load
        ld .space=const .vec?=v2|v4 .type=$memory : =TxV+ [const] : Load
        st .space=global .cache?=wb|cg|cs|wt .vec?=v2|v4 .type=$memory : [global] TxV+ : Store
        st .space=global .l1=$l1 .vec?=v2|v4 .type=$memory : [global] TxV+ : Store
        st .order=volatile .space=global .vec?=v2|v4 .type=$memory : [global] TxV+ : Store
        st .order=relaxed|release .scope=cta|gpu|sys .space=global .vec?=v2|v4 .type=$memory : [global] TxV+ : Store
        st .order?=volatile .space=shared .vec?=v2|v4 .type=$memory : [shared] TxV+ : Store
        atom .sem?=$sem .scope?=cta|gpu|sys .space=global|shared .op=add .type=u32|s32|u64|f32|f64 : =T [space] T : Atomic
        atom .sem?=$sem .scope?=cta|gpu|sys .space=global|shared .op=min|max .type=u32|s32|u64|s64 : =T [space] T : Atomic
        atom .sem?=$sem .scope?=cta|gpu|sys .space=global|shared .op=and|or|xor|exch .type=b32|b64 : =T [space] T : Atomic
        atom .sem?=$sem .scope?=cta|gpu|sys .space=global|shared .op=inc|dec .type=u32 : =T [space] T : Atomic
        atom .sem?=$sem .scope?=cta|gpu|sys .space=global|shared .op=cas .type=b32|b64 : =T [space] T T : Atomic
        red .sem?=relaxed|release .scope?=cta|gpu|sys .space=global|shared .op=add .type=u32|s32|u64|f32|f64 : [space] T : AtomicReduction
        red .sem?=relaxed|release .scope?=cta|gpu|sys .space=global|shared .op=min|max .type=u32|s32|u64|s64 : [space] T : AtomicReduction
        red .sem?=relaxed|release .scope?=cta|gpu|sys .space=global|shared .op=and|or|xor .type=b32|b64 : [space] T : AtomicReduction
        red .sem?=relaxed|release .scope?=cta|gpu|sys .space=global|shared .op=inc|dec .type=u32 : [space] T : AtomicReduction

        cp .async .cache=ca|cg .shared .global .l2?=$l2 : [shared] [global] imm u32? : CopyAsync
        cp .async .commit_group : : CommitGroup
        cp .async .wait_group : imm : WaitGroup
        cp .async .wait_all : : WaitAll

        shfl .sync .mode=up|down|bfly|idx .b32 : =b32|pred b32 u32 u32 b32 : Shuffle
        vote .sync .mode=all|any|uni .pred : =pred pred b32 : Vote
        vote .sync .ballot .b32 : =b32 pred b32 : Vote
        activemask .b32 : =b32 : ActiveMask
        redux .sync .op=add|min|max .type=u32|s32 : =T T b32 : Reduction
        redux .sync .op=and|or|xor .type=b32 : =T T b32 : Reduction

        ldmatrix .sync .aligned .m8n8 .num=x1|x2|x4 .trans? .shared .b16 : =b32xN [shared] : LoadMatrix
        mma .sync .aligned .m16n8k8 .row .col .f32 .tf32 .tf32 .f32 : =f32x4 b32x4 b32x2 f32x4 : MultiplyMatrices
        mma .sync .aligned .m16n8k8 .row .col .f32 .bf16 .bf16 .f32 : =f32x4 b32x2 b32x1 f32x4 : MultiplyMatrices
        mma .sync .aligned .m16n8k8 .row .col .f32 .f16 .f16 .f32 : =f32x4 b32x2 b32x1 f32x4 : MultiplyMatrices
        mma .sync .aligned .m16n8k16 .row .col .f32 .bf16 .bf16 .f32 : =f32x4 b32x4 b32x2 f32x4 : MultiplyMatrices
        mma .sync .aligned .m16n8k16 .row .col .f32 .f16 .f16 .f32 : =f32x4 b32x4 b32x2 f32x4 : MultiplyMatrices

        prefetch .space=global .level=L1|L2 : [global] : Prefetch

        bra .uni? : label : Branch
        ret .uni? : : Exit
        exit : : Exit
        trap : : Trap
        bar .sync : u32 u32? : Barrier
        bar .warp .sync : b32 : WarpBarrier
        membar .level=cta|gl|sys : : Fence
        fence .sem?=sc|acq_rel .level=cta|gpu|sys : : Fence
        """;

    private static readonly (string Macro, string Words)[] Macros =
    [
        ("$int", "u16|s16|u32|s32|u64|s64"),
        ("$signed", "s16|s32|s64"),
        ("$float", "eq|ne|lt|le|gt|ge|equ|neu|ltu|leu|gtu|geu|num|nan"),
        ("$memory", "b8|u8|s8|b16|u16|s16|b32|u32|s32|b64|u64|s64|f32|f64"),
        ("$l1", "L1::evict_normal|L1::evict_unchanged|L1::evict_first|L1::evict_last|L1::no_allocate"),
        ("$sem", "relaxed|acquire|release|acq_rel"),
        ("$l2", "L2::64B|L2::128B|L2::256B"),
    ];

    private static readonly ILookup<string, InstructionForm> ByOpcode = ReadRows().ToLookup(form => form.Opcode);

    /// <summary>All forms.</summary>
    public static IEnumerable<InstructionForm> All => ByOpcode.SelectMany(forms => forms);

    /// <summary>Finds the form of an instruction, or says what is wrong with it.</summary>
    public static (InstructionForm Form, Dictionary<string, string> Modifiers)? Match(
        string opcode, List<string> modifiers, List<Operand> operands, out string problem)
    {
        problem = "";
        foreach (var form in ByOpcode[opcode])
        {
            if (!form.TryMatch(modifiers, out var chosen))
                continue;

            if (Check(form, chosen, operands) is not { } wrong)
                return (form, chosen);

            problem = wrong;
        }

        problem = problem.Length > 0 ? problem : Unmatched(opcode, modifiers);
        return null;
    }

    private static string Unmatched(string opcode, List<string> modifiers)
    {
        if (!ByOpcode.Contains(opcode))
            return $"unknown opcode '{opcode}'";

        var unknown = modifiers.Find(word => !ByOpcode[opcode].Any(form => form.Modifiers.Any(modifier => modifier.Words.Contains(word))));
        return unknown is null
            ? $"'{opcode}' with modifiers '{string.Concat(modifiers.Select(word => "." + word))}' is not in the subset"
            : $"unknown modifier '.{unknown}' of '{opcode}'";
    }

    private static string? Check(InstructionForm form, Dictionary<string, string> modifiers, List<Operand> operands)
    {
        var least = form.LeastOperands;
        if (modifiers.TryGetValue("vec", out var vector) && ScalarType.Of(modifiers["type"]).Size * int.Parse(vector.AsSpan(1)) > 16)
            return "an access has 16 bytes at most";

        if (operands.Count < least || operands.Count > form.Operands.Count)
            return $"'{form.Opcode}' has {least} operands, not {operands.Count}";

        for (var index = 0; index < operands.Count; index++)
        {
            if (form.Operands[index].Check(operands[index], modifiers) is { } problem)
                return problem;
        }

        return null;
    }

    private static IEnumerable<InstructionForm> ReadRows()
    {
        var text = Macros.Aggregate(Rows, (rows, macro) => rows.Replace(macro.Macro + "|", macro.Words + "|", StringComparison.Ordinal)
            .Replace(macro.Macro + " ", macro.Words + " ", StringComparison.Ordinal));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(row => row.Length > 0).Select(row => new InstructionForm(row));
    }
}
