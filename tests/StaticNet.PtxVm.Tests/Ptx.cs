using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

/// <summary>Small kernels to test instructions with.</summary>
internal static class Ptx
{
    public const string Head = ".version 7.4\n.target sm_80\n.address_size 64\n";

    /// <summary>Returns a module with one kernel, named k.</summary>
    public static string Kernel(string parameters, string body, string before = "") => $$"""
        {{Head}}{{before}}
        .visible .entry k({{parameters}})
        {
        {{body}}
        ret;
        }
        """;

    /// <summary>
    /// Runs instructions in one warp. They find a word of each input in %a, %b, %c (and twice as much in %wa, %wb) and leave their result
    /// in %d; registers have bits for types, so that every instruction takes them. Also there: %p, %q; %h0, %h1 of 16 bits; %w, %v of 64.
    /// </summary>
    public static uint[] Run(string body, uint[] a, uint[]? b = null, uint[]? c = null)
    {
        using var machine = new Machine();
        var lanes = Math.Max(a.Length, Math.Max(b?.Length ?? 0, c?.Length ?? 0));
        var text = Kernel(".param .u64 pa, .param .u64 pb, .param .u64 pc, .param .u64 pd", $"""
            .reg .b64 %base<4>, %w, %v, %wa, %wb;
            .reg .b32 %t, %a, %b, %c, %d;
            .reg .b16 %h<4>;
            .reg .pred %p, %q;
            mov.u32 %t, %tid.x;
            ld.param.u64 %base0, [pa]; mad.wide.u32 %base0, %t, 4, %base0; ld.global.b32 %a, [%base0];
            ld.param.u64 %base1, [pb]; mad.wide.u32 %base1, %t, 4, %base1; ld.global.b32 %b, [%base1];
            ld.param.u64 %base2, [pc]; mad.wide.u32 %base2, %t, 4, %base2; ld.global.b32 %c, [%base2];
            mov.b64 %wa, {Braces("%a, %b")}; mov.b64 %wb, {Braces("%c, %a")};
            {body}
            mov.u32 %t, %tid.x; ld.param.u64 %base3, [pd]; mad.wide.u32 %base3, %t, 4, %base3; st.global.b32 [%base3], %d;
            """);
        var output = machine.Memory.Allocate(4 * lanes);
        machine.Launch(PtxModule.Parse(text)["k"], 1, lanes, 0, [Put(machine, a, lanes), Put(machine, b, lanes), Put(machine, c, lanes), output]);
        return machine.Memory.Read<uint>(output, lanes);
    }

    /// <summary>As <see cref="Run"/>, with floats.</summary>
    public static float[] RunFloats(string body, float[] a, float[]? b = null, float[]? c = null) =>
        [.. Run(body, Bits(a)!, Bits(b), Bits(c)).Select(BitConverter.UInt32BitsToSingle)];

    /// <summary>Runs the body of a kernel whose parameters are 64-bit addresses p0, p1, … of new allocations of the given sizes.</summary>
    public static KernelCounts RunBody(string body, int threads, int ctas, LaunchOptions? options, int[] sizes, string before = "", int dynamicShared = 0)
    {
        using var machine = new Machine();
        var parameters = string.Join(", ", sizes.Select((_, index) => $".param .u64 p{index}"));
        var arguments = sizes.Select(size => (object)machine.Memory.Allocate<byte>(new byte[size])).ToArray();
        return machine.Launch(PtxModule.Parse(Kernel(parameters, body, before))["k"], ctas, threads, dynamicShared, arguments, options);
    }

    private static string Braces(string text) => "{" + text + "}";

    private static uint[]? Bits(float[]? values) => values?.Select(BitConverter.SingleToUInt32Bits).ToArray();

    private static ulong Put(Machine machine, uint[]? values, int lanes)
    {
        values ??= [0];
        return machine.Memory.Allocate<uint>(Enumerable.Range(0, lanes).Select(lane => values[lane % values.Length]).ToArray());
    }
}
