using System.Globalization;
using System.Text;

namespace StaticNet.Cuda.Kernels;

/// <summary>
/// The kernels that change parameters along their gradients: one pass over the parameters, a block for each chunk, four floats a thread.
/// Regularisation, clipping, decay and the rule are one kernel.
/// </summary>
internal static class UpdateKernels
{
    /// <summary>The kernel's name.</summary>
    public const string Entry = "update";

    private static readonly (string Pointer, string Parameter)[] s_states = [("%ps", "state0"), ("%pu", "state1")];

    /// <summary>The kernel of a rule.</summary>
    public static CudaModule Load(CudaContext context, string rule) =>
        context.Load($"update: {rule}", $"the optimizer's rule '{rule}'", Encoding.UTF8.GetBytes(Text(UpdateRules.Of(rule))));

    /// <summary>The module of a rule.</summary>
    public static string Text(UpdateRule rule)
    {
        var text = new StringBuilder().Append(KernelText.Head).Append(CultureInfo.InvariantCulture, $$"""

            // {{rule.Formula}}
            .visible .entry {{Entry}}(
                .param .u64 parameters, .param .u64 gradients, .param .u64 state0, .param .u64 state1, .param .u64 chunks, .param .u64 step)
            .maxntid {{KernelText.Threads}}, 1, 1
            {

            """);
        text.Append(KernelText.ChunkRegisters);
        text.Append(CultureInfo.InvariantCulture, $"""
                .reg .f32 {string.Join(", ", rule.Numbers)};
                .reg .f32 %s<4>, %u<4>;
                .reg .b64 %pw, %pg, %ps, %pu;

            """);
        text.Append(KernelText.FindChunk);
        text.Append(CultureInfo.InvariantCulture, $"""
                ld.param.u64 %step, [step];
                ld.global.f32 %scale, [%step+{StepBlock.Scale}];

            """);
        for (var i = 0; i < rule.Numbers.Length; i += 4)
        {
            var four = Enumerable.Range(i, 4).Select(number => number < rule.Numbers.Length ? rule.Numbers[number] : "%unused");
            text.Append(CultureInfo.InvariantCulture, $"    ld.global.v4.f32 {{{string.Join(", ", four)}}}, [%step+{StepBlock.Rule + (i * sizeof(float))}];\n");
        }

        text.Append("""
                setp.neu.f32 %shaped, %l1, 0f00000000;
                setp.neu.or.f32 %shaped, %twiceL2, 0f00000000, %shaped;
                setp.neu.or.f32 %shaped, %limit, 0f7F800000, %shaped;
                setp.neu.or.f32 %shaped, %scale, 0f3F800000, %shaped;

            """);
        foreach (var (pointer, parameter) in Pointers(rule))
        {
            text.Append(CultureInfo.InvariantCulture, $"    ld.param.u64 {pointer}, [{parameter}];\n    add.u64 {pointer}, {pointer}, %offset;\n");
        }

        text.Append(CultureInfo.InvariantCulture, $$"""
            Vector:
                setp.ge.u32 %done, %thread, %vectors;
                @%done bra Done;
                ld.global.v4.f32 {%w0, %w1, %w2, %w3}, [%pw];
                ld.global.v4.f32 {%g0, %g1, %g2, %g3}, [%pg];

            """);
        Append(rule.States > 0, "    ld.global.v4.f32 {%s0, %s1, %s2, %s3}, [%ps];\n");
        Append(rule.States > 1, "    ld.global.v4.f32 {%u0, %u1, %u2, %u3}, [%pu];\n");
        text.Append("    @!%shaped bra Rule;\n").Append(KernelText.Shape).Append("Rule:\n");
        text.Append(KernelText.Four(rule.Body.Replace("    flush(%s#);\n", Flush("%s#"), StringComparison.Ordinal)
            .Replace("    flush(%u#);\n", Flush("%u#"), StringComparison.Ordinal)));
        Append(true, "    st.global.v4.f32 [%pw], {%w0, %w1, %w2, %w3};\n");
        Append(rule.States > 0, "    st.global.v4.f32 [%ps], {%s0, %s1, %s2, %s3};\n");
        Append(rule.States > 1, "    st.global.v4.f32 [%pu], {%u0, %u1, %u2, %u3};\n");
        foreach (var (pointer, _) in Pointers(rule))
        {
            text.Append(CultureInfo.InvariantCulture, $"    add.u64 {pointer}, {pointer}, {16 * KernelText.Threads};\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $$"""
                add.u32 %thread, %thread, {{KernelText.Threads}};
                bra Vector;
            Done:
                ret;
            }

            """).ToString();

        void Append(bool condition, string line)
        {
            if (condition)
            {
                text.Append(line);
            }
        }
    }

    private static IEnumerable<(string Pointer, string Parameter)> Pointers(UpdateRule rule) =>
        ((string, string)[])[("%pw", "parameters"), ("%pg", "gradients"), .. s_states[..rule.States]];

    /// <summary>Zero where a state is below the smallest normal float; NaN stays.</summary>
    private static string Flush(string state) => $"""
            abs.f32 %t#, {state};
            setp.lt.f32 %p, %t#, 0f00800000;
            selp.f32 {state}, 0f00000000, {state}, %p;

        """;
}
