using System.Text;

namespace StaticNet.PtxVm.Tests;

/// <summary>
/// Writes a kernel as the CUDA back end will: C[M, N] = max(0, A[M, K] · B[N, K]ᵀ + bias[N]) with A and B in bf16, C in float32. A CTA of
/// four warps computes 64×64; asynchronous copies bring tiles of 32 along K into three stages of swizzled shared memory.
/// </summary>
internal static class GemmText
{
    public const int Tile = 64;
    public const int Depth = 32;
    public const int Threads = 128;
    public const int SharedBytes = Stages * StageBytes;

    private const int Stages = 3;
    private const int RowBytes = 2 * Depth;
    private const int StageBytes = 2 * Tile * RowBytes;

    public static string Write()
    {
        var text = new StringBuilder($$"""
            .version 7.4
            .target sm_80
            .address_size 64
            .extern .shared .align 128 .b8 tiles[];
            .visible .entry gemm(.param .u64 pA, .param .u64 pB, .param .u64 pBias, .param .u64 pC, .param .u32 pN, .param .u32 pK)
            .reqntid {{Threads}}, 1, 1
            {
            .reg .pred %more, %again, %wrap;
            .reg .b32 %n, %k, %t, %lane, %row, %chunk, %first, %m0, %n0, %warpM, %warpN, %s, %x;
            .reg .b32 %store, %leftBase, %rightBase, %left<2>, %right<2>, %a<8>, %b<8>;
            .reg .b32 %steps, %next, %now, %readStage, %writeStage, %from, %to;
            .reg .f32 %c<32>, %f<4>;
            .reg .b64 %pA<2>, %pB<2>, %pBias, %pC, %bytes, %skip;
            ld.param.u32 %n, [pN];
            ld.param.u32 %k, [pK];
            mov.u32 %t, %tid.x;
            and.b32 %lane, %t, 31;
            mov.u32 %m0, %ctaid.y;
            shl.b32 %m0, %m0, 6;
            mov.u32 %n0, %ctaid.x;
            shl.b32 %n0, %n0, 6;
            // A thread copies 16 bytes: chunk t mod 4 of rows t/4 and t/4 + 32.
            shr.u32 %row, %t, 2;
            and.b32 %chunk, %t, 3;

            """);
        WriteSources(text);
        WriteSharedAddresses(text);
        for (var index = 0; index < 32; index++)
            text.AppendLine($"mov.f32 %c{index}, 0f00000000;");

        text.AppendLine("shr.u32 %steps, %k, 5;\nmov.u32 %next, 0;");
        for (var stage = 0; stage < Stages - 1; stage++)
        {
            text.AppendLine($"add.u32 %to, %store, {stage * StageBytes};");
            WriteCopies(text);
        }

        text.AppendLine($"mov.u32 %now, 0;\nmov.u32 %readStage, 0;\nmov.u32 %writeStage, {(Stages - 1) * StageBytes};\nLOOP:");
        text.AppendLine($"cp.async.wait_group {Stages - 2};\nbar.sync 0;\n// prefetch");
        text.AppendLine("add.u32 %to, %store, %writeStage;");
        WriteCopies(text);
        text.AppendLine("// multiply");
        WriteProducts(text);
        foreach (var stage in (string[])["%readStage", "%writeStage"])
            text.AppendLine($"add.u32 {stage}, {stage}, {StageBytes};\nsetp.eq.u32 %wrap, {stage}, {SharedBytes};\nselp.b32 {stage}, 0, {stage}, %wrap;");

        text.AppendLine("add.u32 %now, %now, 1;\nsetp.lt.u32 %again, %now, %steps;\n@%again bra LOOP;");
        WriteResults(text);
        return text.AppendLine("ret;\n}").ToString();
    }

    private static void WriteSources(StringBuilder text)
    {
        foreach (var (matrix, origin) in (ReadOnlySpan<(string, string)>)[("pA", "%m0"), ("pB", "%n0")])
        {
            text.AppendLine($"""
                ld.param.u64 %{matrix}0, [{matrix}];
                cvta.to.global.u64 %{matrix}0, %{matrix}0;
                add.u32 %first, {origin}, %row;
                mul.lo.u32 %first, %first, %k;
                mul.wide.u32 %bytes, %first, 2;
                add.s64 %{matrix}0, %{matrix}0, %bytes;
                mul.wide.u32 %bytes, %chunk, 16;
                add.s64 %{matrix}0, %{matrix}0, %bytes;
                mul.wide.u32 %skip, %k, 64;
                add.s64 %{matrix}1, %{matrix}0, %skip;
                """);
        }
    }

    /// <summary>Row r of a tile has its 16-byte chunk c at c ^ (r/2 mod 4), so that eight rows of a chunk lie in different banks.</summary>
    private static void WriteSharedAddresses(StringBuilder text)
    {
        text.AppendLine("""
            mov.u32 %s, tiles;
            shr.u32 %x, %row, 1;
            and.b32 %x, %x, 3;
            xor.b32 %x, %x, %chunk; // swizzle of stores
            shl.b32 %x, %x, 4;
            mad.lo.u32 %store, %row, 64, %x;
            add.u32 %store, %store, %s;
            // Warps are 2×2, 32×32 each.
            shr.u32 %warpM, %t, 6;
            shr.u32 %warpN, %t, 5;
            and.b32 %warpN, %warpN, 1;
            and.b32 %row, %lane, 15;
            mad.lo.u32 %first, %warpM, 32, %row;
            mad.lo.u32 %leftBase, %first, 64, %s;
            shr.u32 %row, %row, 1;
            and.b32 %row, %row, 3;
            shr.u32 %chunk, %lane, 4;
            """);
        for (var half = 0; half < 2; half++)
            text.AppendLine($"add.u32 %x, %chunk, {2 * half};\nxor.b32 %x, %x, %row; // swizzle of A\nmad.lo.u32 %left{half}, %x, 16, %leftBase;");

        text.AppendLine("""
            and.b32 %row, %lane, 7;
            shr.u32 %x, %lane, 4;
            mad.lo.u32 %row, %x, 8, %row;
            mad.lo.u32 %first, %warpN, 32, %row;
            mad.lo.u32 %rightBase, %first, 64, %s;
            shr.u32 %row, %row, 1;
            and.b32 %row, %row, 3;
            shr.u32 %chunk, %lane, 3;
            and.b32 %chunk, %chunk, 1;
            """);
        for (var half = 0; half < 2; half++)
            text.AppendLine($"add.u32 %x, %chunk, {2 * half};\nxor.b32 %x, %x, %row; // swizzle of B\nmad.lo.u32 %right{half}, %x, 16, %rightBase;");
    }

    private static void WriteCopies(StringBuilder text)
    {
        text.AppendLine("setp.lt.u32 %more, %next, %steps;");
        for (var part = 0; part < 2; part++)
        {
            text.AppendLine($"@%more cp.async.cg.shared.global [%to+{part * 32 * RowBytes}], [%pA{part}], 16;");
            text.AppendLine($"@%more cp.async.cg.shared.global [%to+{(Tile + (part * 32)) * RowBytes}], [%pB{part}], 16;");
        }

        for (var part = 0; part < 2; part++)
            text.AppendLine($"add.s64 %pA{part}, %pA{part}, {RowBytes};\nadd.s64 %pB{part}, %pB{part}, {RowBytes};");

        text.AppendLine("cp.async.commit_group;\nadd.u32 %next, %next, 1;");
    }

    private static void WriteProducts(StringBuilder text)
    {
        for (var half = 0; half < 2; half++)
        {
            text.AppendLine($"add.u32 %from, %left{half}, %readStage;");
            for (var i = 0; i < 2; i++)
                text.AppendLine($"ldmatrix.sync.aligned.m8n8.x4.shared.b16 {{%a{4 * i}, %a{(4 * i) + 1}, %a{(4 * i) + 2}, %a{(4 * i) + 3}}}, [%from+{i * 16 * RowBytes}];");

            text.AppendLine($"add.u32 %from, %right{half}, %readStage;");
            for (var j = 0; j < 2; j++)
                text.AppendLine($"ldmatrix.sync.aligned.m8n8.x4.shared.b16 {{%b{4 * j}, %b{(4 * j) + 1}, %b{(4 * j) + 2}, %b{(4 * j) + 3}}}, [%from+{(Tile * RowBytes) + (j * 16 * RowBytes)}];");

            for (var i = 0; i < 2; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    var c = 4 * ((4 * i) + j);
                    var accumulators = $"{{%c{c}, %c{c + 1}, %c{c + 2}, %c{c + 3}}}";
                    text.AppendLine($"mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {accumulators}, {{%a{4 * i}, %a{(4 * i) + 1}, %a{(4 * i) + 2}, %a{(4 * i) + 3}}}, {{%b{2 * j}, %b{(2 * j) + 1}}}, {accumulators};");
                }
            }
        }
    }

    private static void WriteResults(StringBuilder text)
    {
        text.AppendLine("""
            ld.param.u64 %pBias, [pBias];
            ld.param.u64 %pC, [pC];
            shr.u32 %row, %lane, 2;
            mad.lo.u32 %row, %warpM, 32, %row;
            add.u32 %row, %row, %m0;
            and.b32 %x, %lane, 3;
            shl.b32 %x, %x, 1;
            mad.lo.u32 %x, %warpN, 32, %x;
            add.u32 %x, %x, %n0;
            mad.wide.u32 %pBias, %x, 4, %pBias;
            mad.lo.u32 %x, %row, %n, %x;
            mad.wide.u32 %pC, %x, 4, %pC;
            mul.wide.u32 %skip, %n, 32;
            """);
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var c = (4 * ((4 * (i / 2)) + j)) + (2 * (i % 2));
                text.AppendLine($$"""
                    ld.global.nc.v2.f32 {%f0, %f1}, [%pBias+{{32 * j}}];
                    add.f32 %f2, %c{{c}}, %f0;
                    add.f32 %f3, %c{{c + 1}}, %f1;
                    max.NaN.f32 %f2, %f2, 0f00000000;
                    max.NaN.f32 %f3, %f3, 0f00000000;
                    st.global.v2.f32 [%pC+{{32 * j}}], {%f2, %f3};
                    """);
            }

            text.AppendLine("add.s64 %pC, %pC, %skip;");
        }
    }
}
