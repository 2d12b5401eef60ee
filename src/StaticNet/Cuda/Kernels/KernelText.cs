using System.Globalization;
using System.Text;

namespace StaticNet.Cuda.Kernels;

/// <summary>
/// The texts of the library's own kernels. They are put together of pieces: a piece is written for one float, with # where registers are
/// numbered, and repeated for the four that a thread has at once.
/// </summary>
internal static class KernelText
{
    /// <summary>Threads of a block.</summary>
    public const int Threads = 256;

    /// <summary>The begin of every module.</summary>
    public const string Head = """
        .version 7.4
        .target sm_80
        .address_size 64

        """;

    /// <summary>
    /// Finds the chunk of this block in the list <c>chunks</c>, see <see cref="ParameterChunk"/>: where it begins, its vectors, and how its
    /// gradients are shaped.
    /// </summary>
    public const string FindChunk = """
            mov.u32 %block, %ctaid.x;
            mov.u32 %thread, %tid.x;
            ld.param.u64 %chunk, [chunks];
            mad.wide.u32 %chunk, %block, 32, %chunk;
            ld.global.v2.b64 {%offset, %count}, [%chunk];
            mad.wide.u32 %offset, %thread, 16, %offset;
            cvt.u32.u64 %vectors, %count;
            ld.global.v4.f32 {%l1, %twiceL2, %limit, %unused}, [%chunk+16];
            neg.f32 %floor, %limit;

        """;

    /// <summary>What <see cref="FindChunk"/> and <see cref="Shape"/> need.</summary>
    public const string ChunkRegisters = """
            .reg .pred %p, %done, %shaped;
            .reg .b32 %block, %thread, %vectors;
            .reg .b64 %chunk, %offset, %count, %step;
            .reg .f32 %l1, %twiceL2, %limit, %floor, %scale, %unused, %w<4>, %g<4>, %t<4>;

        """;

    /// <summary>g = clamp(scale·(g + L1·sign(w) + 2·L2·w), ±limit); what is zero stays zero under any scale.</summary>
    public static string Shape { get; } = Four("""
            fma.rn.f32 %g#, %w#, %twiceL2, %g#;
            copysign.f32 %t#, %w#, %l1;
            setp.eq.f32 %p, %w#, 0f00000000;
            selp.f32 %t#, 0f00000000, %t#, %p;
            add.rn.f32 %g#, %t#, %g#;
            mul.rn.f32 %t#, %g#, %scale;
            setp.eq.f32 %p, %g#, 0f00000000;
            selp.f32 %g#, %g#, %t#, %p;
            setp.gt.f32 %p, %g#, %limit;
            selp.f32 %g#, %limit, %g#, %p;
            setp.lt.f32 %p, %g#, %floor;
            selp.f32 %g#, %floor, %g#, %p;

        """);

    /// <summary>Repeats a piece for each of four floats.</summary>
    public static string Four(string piece)
    {
        var text = new StringBuilder();
        for (var lane = 0; lane < 4; lane++)
        {
            text.Append(piece.Replace("#", lane.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        return text.ToString();
    }

    /// <summary>
    /// Adds up a double of each thread in pairs of halves; the first thread has the sum. Needs %mine, the thread's place in a shared array
    /// that only this sum uses, %thread, and registers %p and %other.
    /// </summary>
    public static string Sum(string register)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"    st.shared.f64 [%mine], {register};\n");
        for (var half = Threads / 2; half > 0; half /= 2)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                    bar.sync 0;
                    setp.lt.u32 %p, %thread, {half};
                    @%p ld.shared.f64 %other, [%mine+{half * sizeof(double)}];
                    @%p add.rn.f64 {register}, {register}, %other;
                    @%p st.shared.f64 [%mine], {register};

                """);
        }

        return text.ToString();
    }
}
