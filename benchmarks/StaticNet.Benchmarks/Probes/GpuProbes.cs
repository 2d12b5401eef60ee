using System.Globalization;

namespace StaticNet.Benchmarks.Probes;

/// <summary>
/// Kernels that a GPU can do nothing faster than: chains of multiply-adds on registers, by <c>fma</c> and on tensor cores by
/// <c>mma.sync</c>, and a copy of memory.
/// </summary>
internal static class GpuProbes
{
    /// <summary>Threads of a block.</summary>
    public const int Threads = 256;

    /// <summary>The kernel that copies: from, to, and how many vectors of four floats.</summary>
    public const string Copy = "copy";

    /// <summary>Sums of a thread that do not wait for each other.</summary>
    private const int Sums = 32;

    /// <summary>The module.</summary>
    public static string Text { get; } = string.Create(CultureInfo.InvariantCulture, $$"""
        .version 7.4
        .target sm_80
        .address_size 64

        {{MultiplyAdds(Precision.Float32)}}
        {{MultiplyAdds(Precision.TensorFloat32)}}
        {{MultiplyAdds(Precision.BFloat16)}}
        .visible .entry {{Copy}}(.param .u64 from, .param .u64 to, .param .u32 vectors)
        .maxntid {{Threads}}, 1, 1
        {
            .reg .pred %done;
            .reg .b32 %i, %vectors, %blocks, %stride;
            .reg .b64 %pf, %pt, %bytes;
            .reg .f32 %a<4>;
            mov.u32 %i, %tid.x;
            mov.u32 %stride, %ctaid.x;
            mad.lo.u32 %i, %stride, {{Threads}}, %i;
            mov.u32 %blocks, %nctaid.x;
            mul.lo.u32 %stride, %blocks, {{Threads}};
            mul.wide.u32 %bytes, %stride, 16;
            ld.param.u32 %vectors, [vectors];
            ld.param.u64 %pf, [from];
            mad.wide.u32 %pf, %i, 16, %pf;
            ld.param.u64 %pt, [to];
            mad.wide.u32 %pt, %i, 16, %pt;
        Vector:
            setp.ge.u32 %done, %i, %vectors;
            @%done bra Done;
            ld.global.v4.f32 {%a0, %a1, %a2, %a3}, [%pf];
            st.global.v4.f32 [%pt], {%a0, %a1, %a2, %a3};
            add.u64 %pf, %pf, %bytes;
            add.u64 %pt, %pt, %bytes;
            add.u32 %i, %i, %stride;
            bra Vector;
        Done:
            ret;
        }

        """);

    /// <summary>The kernel of multiply-adds: where each thread leaves one float, and how many iterations.</summary>
    public static string MultiplyAdd(Precision precision) => $"multiply_add_{precision}";

    /// <summary>Floating-point operations of one block, each iteration.</summary>
    public static long Operations(Precision precision) => 2L * Threads * Sums * Terms(precision);

    /// <summary>Products that an instruction adds to each sum.</summary>
    private static int Terms(Precision precision) => precision switch
    {
        Precision.BFloat16 => 16,
        Precision.TensorFloat32 => 8,
        _ => 1,
    };

    /// <summary>Sum s begins at s; c = c/2 + 1, or one more for each term. The thread leaves the sum of its sums.</summary>
    private static string MultiplyAdds(Precision precision) => string.Create(CultureInfo.InvariantCulture, $$"""
        .visible .entry {{MultiplyAdd(precision)}}(.param .u64 results, .param .u32 iterations)
        .maxntid {{Threads}}, 1, 1
        {
            .reg .pred %more;
            .reg .b32 %thread, %block, %left, %ones;
            .reg .b64 %p;
            .reg .f32 %c<{{Sums}}>, %half, %one;
            mov.u32 %thread, %tid.x;
            mov.u32 %block, %ctaid.x;
            mad.lo.u32 %thread, %block, {{Threads}}, %thread;
            ld.param.u64 %p, [results];
            mad.wide.u32 %p, %thread, 4, %p;
            ld.param.u32 %left, [iterations];
            mov.b32 %ones, {{(precision == Precision.BFloat16 ? "0x3F803F80" : "0x3F800000")}};
            mov.f32 %half, 0f3F000000;
            mov.f32 %one, 0f3F800000;
        {{Each(1, sum => $"mov.f32 %c{sum}, 0f{BitConverter.SingleToUInt32Bits(sum):X8};")}}
        Again:
        {{Each(precision == Precision.Float32 ? 1 : 4, sum => Instruction(precision, sum))}}
            sub.u32 %left, %left, 1;
            setp.ne.u32 %more, %left, 0;
            @%more bra Again;
            mov.f32 %half, 0f00000000;
        {{Each(1, sum => $"add.rn.f32 %half, %half, %c{sum};")}}
            st.global.f32 [%p], %half;
            ret;
        }

        """);

    private static string Instruction(Precision precision, int sum)
    {
        if (precision == Precision.Float32)
        {
            return $"fma.rn.f32 %c{sum}, %c{sum}, %half, %one;";
        }

        var sums = $"{{%c{sum}, %c{sum + 1}, %c{sum + 2}, %c{sum + 3}}}";
        var kinds = precision == Precision.BFloat16 ? "m16n8k16.row.col.f32.bf16.bf16.f32" : "m16n8k8.row.col.f32.tf32.tf32.f32";
        return $"mma.sync.aligned.{kinds} {sums}, {{%ones, %ones, %ones, %ones}}, {{%ones, %ones}}, {sums};";
    }

    private static string Each(int step, Func<int, string> line) =>
        string.Join('\n', Enumerable.Range(0, Sums / step).Select(index => "    " + line(index * step)));
}
