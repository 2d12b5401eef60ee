using System.Globalization;
using System.Text;

namespace StaticNet.Cuda.Kernels;

/// <summary>The kernel that adds up the magnitudes and the squares of each chunk of parameters, in double precision.</summary>
internal static class PenaltyKernel
{
    /// <summary>The kernel's name: parameters, chunks, sums.</summary>
    public const string Entry = "penalties";

    /// <summary>The kernel.</summary>
    public static CudaModule Load(CudaContext context) => context.Load("penalties", "the penalties", Encoding.UTF8.GetBytes(Text));

    /// <summary>The module.</summary>
    public static string Text { get; } = new StringBuilder(KernelText.Head).Append(CultureInfo.InvariantCulture, $$"""

        // sums[block] = (Σ |w|, Σ w²) of a chunk
        .visible .entry {{Entry}}(.param .u64 parameters, .param .u64 chunks, .param .u64 sums)
        .maxntid {{KernelText.Threads}}, 1, 1
        {
            .shared .align 8 .f64 magnitudes[{{KernelText.Threads}}];
            .shared .align 8 .f64 squares[{{KernelText.Threads}}];
            .reg .b32 %mine, %i;
            .reg .b64 %pw, %sums;
            .reg .f64 %magnitude, %square, %other, %d;

        """)
        .Append(KernelText.ChunkRegisters)
        .Append(KernelText.FindChunk)
        .Append("""
                ld.param.u64 %pw, [parameters];
                add.u64 %pw, %pw, %offset;
                mov.f64 %magnitude, 0d0000000000000000;
                mov.f64 %square, 0d0000000000000000;
                mov.u32 %i, %thread;
            Vector:
                setp.ge.u32 %done, %i, %vectors;
                @%done bra Done;
                ld.global.v4.f32 {%w0, %w1, %w2, %w3}, [%pw];

            """)
        .Append(KernelText.Four("""
                cvt.f64.f32 %d, %w#;
                fma.rn.f64 %square, %d, %d, %square;
                abs.f64 %d, %d;
                add.rn.f64 %magnitude, %magnitude, %d;

            """))
        .Append(CultureInfo.InvariantCulture, $$"""
                add.u64 %pw, %pw, {{16 * KernelText.Threads}};
                add.u32 %i, %i, {{KernelText.Threads}};
                bra Vector;
            Done:
                mov.u32 %mine, magnitudes;
                mad.lo.u32 %mine, %thread, 8, %mine;

            """)
        .Append(KernelText.Sum("%magnitude"))
        .Append("""
                mov.u32 %mine, squares;
                mad.lo.u32 %mine, %thread, 8, %mine;

            """)
        .Append(KernelText.Sum("%square"))
        .Append("""
                setp.ne.u32 %p, %thread, 0;
                @%p ret;
                ld.param.u64 %sums, [sums];
                mad.wide.u32 %sums, %block, 16, %sums;
                st.global.v2.f64 [%sums], {%magnitude, %square};
                ret;
            }

            """).ToString();
}
