using System.Globalization;
using System.Text;

namespace StaticNet.Cuda.Kernels;

/// <summary>
/// The kernels that keep the norm of the whole gradient: the squares of each chunk's shaped gradient are added in double precision, these
/// sums in their order, and the scale of the update is made of that.
/// </summary>
internal static class NormKernels
{
    /// <summary>Adds the squares of each chunk: parameters, gradients, chunks, sums.</summary>
    public const string Squares = "squares";

    /// <summary>Makes the scale: sums, how many, step.</summary>
    public const string Scale = "scale";

    /// <summary>Both kernels.</summary>
    public static CudaModule Load(CudaContext context) => context.Load("norm", "the gradient's norm", Encoding.UTF8.GetBytes(Text));

    /// <summary>The module.</summary>
    public static string Text { get; } = new StringBuilder().Append(KernelText.Head).Append(SquaresText()).Append(ScaleText()).ToString();

    private static string SquaresText() => new StringBuilder().Append(CultureInfo.InvariantCulture, $$"""

        // sums[block] = Σ g² of a chunk
        .visible .entry {{Squares}}(.param .u64 parameters, .param .u64 gradients, .param .u64 chunks, .param .u64 sums)
        .maxntid {{KernelText.Threads}}, 1, 1
        {
            .shared .align 8 .f64 partial[{{KernelText.Threads}}];

        """)
        .Append(KernelText.ChunkRegisters)
        .Append("""
                .reg .b32 %mine, %i;
                .reg .b64 %pw, %pg, %sums;
                .reg .f64 %sum, %other, %d;

            """)
        .Append(KernelText.FindChunk)
        .Append("""
                mov.f32 %scale, 0f3F800000;
                ld.param.u64 %pw, [parameters];
                add.u64 %pw, %pw, %offset;
                ld.param.u64 %pg, [gradients];
                add.u64 %pg, %pg, %offset;
                mov.f64 %sum, 0d0000000000000000;
                mov.u32 %i, %thread;
            Vector:
                setp.ge.u32 %done, %i, %vectors;
                @%done bra Done;
                ld.global.v4.f32 {%w0, %w1, %w2, %w3}, [%pw];
                ld.global.v4.f32 {%g0, %g1, %g2, %g3}, [%pg];

            """)
        .Append(KernelText.Shape)
        .Append(KernelText.Four("""
                cvt.f64.f32 %d, %g#;
                fma.rn.f64 %sum, %d, %d, %sum;

            """))
        .Append(CultureInfo.InvariantCulture, $$"""
                add.u64 %pw, %pw, {{16 * KernelText.Threads}};
                add.u64 %pg, %pg, {{16 * KernelText.Threads}};
                add.u32 %i, %i, {{KernelText.Threads}};
                bra Vector;
            Done:
                mov.u32 %mine, partial;
                mad.lo.u32 %mine, %thread, 8, %mine;

            """)
        .Append(KernelText.Sum("%sum"))
        .Append("""
                setp.ne.u32 %p, %thread, 0;
                @%p ret;
                ld.param.u64 %sums, [sums];
                mad.wide.u32 %sums, %block, 8, %sums;
                st.global.f64 [%sums], %sum;
                ret;
            }

            """).ToString();

    private static string ScaleText() => new StringBuilder().Append(CultureInfo.InvariantCulture, $$"""

        // scale = min(1, bound / (√(Σ sums) + 10⁻⁶))
        .visible .entry {{Scale}}(.param .u64 sums, .param .u32 count, .param .u64 step)
        .maxntid {{KernelText.Threads}}, 1, 1
        {
            .shared .align 8 .f64 partial[{{KernelText.Threads}}];
            .reg .pred %p, %done;
            .reg .b32 %thread, %count, %mine, %i;
            .reg .b64 %sums, %step;
            .reg .f64 %sum, %other, %bound;
            .reg .f32 %scale;
            mov.u32 %thread, %tid.x;
            ld.param.u64 %sums, [sums];
            mad.wide.u32 %sums, %thread, 8, %sums;
            ld.param.u32 %count, [count];
            mov.f64 %sum, 0d0000000000000000;
            mov.u32 %i, %thread;
        Next:
            setp.ge.u32 %done, %i, %count;
            @%done bra Done;
            ld.global.f64 %other, [%sums];
            add.rn.f64 %sum, %sum, %other;
            add.u64 %sums, %sums, {{8 * KernelText.Threads}};
            add.u32 %i, %i, {{KernelText.Threads}};
            bra Next;
        Done:
            mov.u32 %mine, partial;
            mad.lo.u32 %mine, %thread, 8, %mine;

        """)
        .Append(KernelText.Sum("%sum"))
        .Append(CultureInfo.InvariantCulture, $$"""
                setp.ne.u32 %p, %thread, 0;
                @%p ret;
                ld.param.u64 %step, [step];
                ld.global.f64 %bound, [%step+{{StepBlock.NormBound}}];
                sqrt.rn.f64 %sum, %sum;
                add.rn.f64 %sum, %sum, 0d3EB0C6F7A0B5ED8D;
                div.rn.f64 %sum, %bound, %sum;
                cvt.rn.f32.f64 %scale, %sum;
                setp.ge.f64 %p, %sum, 0d3FF0000000000000;
                selp.f32 %scale, 0f3F800000, %scale, %p;
                st.global.f32 [%step+{{StepBlock.Scale}}], %scale;
                ret;
            }

            """).ToString();
}
