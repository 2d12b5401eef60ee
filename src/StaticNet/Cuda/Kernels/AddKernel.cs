using System.Globalization;
using System.Text;

namespace StaticNet.Cuda.Kernels;

/// <summary>The kernel that adds gradients to those of the parts of a batch before.</summary>
internal static class AddKernel
{
    private const string Entry = "add";
    private const int MostBlocks = 1024;

    /// <summary>The kernel.</summary>
    public static CudaModule Load(CudaContext context) => context.Load("add", "the sum of gradients", Encoding.UTF8.GetBytes(Text));

    /// <summary>Gives a stream a sum: floats in whole vectors of four.</summary>
    public static void Launch(CudaModule module, CudaStream stream, ulong sum, ulong addend, long floats)
    {
        var vectors = (uint)(floats / 4);
        var blocks = (int)Math.Min(MostBlocks, (vectors + KernelText.Threads - 1) / KernelText.Threads);
        stream.Launch(module.Function(Entry), "sum of gradients", (blocks, 1, 1), KernelText.Threads, 0, [sum, addend, vectors]);
    }

    /// <summary>The module.</summary>
    public static string Text { get; } = string.Create(CultureInfo.InvariantCulture, $$"""
        {{KernelText.Head}}
        // sum[i] += addend[i], four floats a thread
        .visible .entry {{Entry}}(.param .u64 sum, .param .u64 addend, .param .u32 vectors)
        .maxntid {{KernelText.Threads}}, 1, 1
        {
            .reg .pred %done;
            .reg .b32 %i, %vectors, %blocks, %stride;
            .reg .b64 %pa, %pb, %bytes;
            .reg .f32 %a<4>, %b<4>;
            mov.u32 %i, %tid.x;
            mov.u32 %stride, %ctaid.x;
            mad.lo.u32 %i, %stride, {{KernelText.Threads}}, %i;
            mov.u32 %blocks, %nctaid.x;
            mul.lo.u32 %stride, %blocks, {{KernelText.Threads}};
            mul.wide.u32 %bytes, %stride, 16;
            ld.param.u32 %vectors, [vectors];
            ld.param.u64 %pa, [sum];
            mad.wide.u32 %pa, %i, 16, %pa;
            ld.param.u64 %pb, [addend];
            mad.wide.u32 %pb, %i, 16, %pb;
        Vector:
            setp.ge.u32 %done, %i, %vectors;
            @%done bra Done;
            ld.global.v4.f32 {%a0, %a1, %a2, %a3}, [%pa];
            ld.global.v4.f32 {%b0, %b1, %b2, %b3}, [%pb];
        {{KernelText.Four("    add.rn.f32 %a#, %a#, %b#;\n")}}    st.global.v4.f32 [%pa], {%a0, %a1, %a2, %a3};
            add.u64 %pa, %pa, %bytes;
            add.u64 %pb, %pb, %bytes;
            add.u32 %i, %i, %stride;
            bra Vector;
        Done:
            ret;
        }

        """);
}
