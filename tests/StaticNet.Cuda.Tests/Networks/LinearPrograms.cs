using System.Globalization;
using System.Text;
using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Cuda.Tests.Networks;

/// <summary>
/// The kernels of <see cref="LinearNetwork"/> with the mean squared error, written by hand: y = W·x + b. They stand for what the generator
/// makes. A block has a row or a sample.
/// </summary>
internal class LinearPrograms(NetworkInfo info) : CudaPrograms
{
    private const string Dense = "dense1: Dense";

    private readonly int _inputs = info.InputSizes[0];
    private readonly int _outputs = info.OutputSize;

    public override ReadOnlySpan<byte> Ptx => Encoding.UTF8.GetBytes(Text);

    protected virtual string Text => Module(_inputs, _outputs, info.Parameters[1].Offset);

    public override CudaProgram? Program(ProgramKind kind) => kind switch
    {
        ProgramKind.Forward or ProgramKind.Predict => new(0, 0, [Forward(new(CudaSpace.Output))]),
        ProgramKind.Record => new(0, 0, [Forward(new(CudaSpace.Output))]),
        ProgramKind.Evaluate => new(0, _outputs, [Forward(new(CudaSpace.Output)), Loss(new(CudaSpace.Output), new(CudaSpace.Arena))]),
        ProgramKind.Train => new(
            8, 2 * _outputs, [Forward(new(CudaSpace.Arena, 8)), Loss(new(CudaSpace.Arena, 8), new(CudaSpace.Arena, 8, _outputs)), Gradient(new(CudaSpace.Arena, 8, _outputs))]),
        ProgramKind.Backward => new(0, 0, [Gradient(new(CudaSpace.OutputGradient)), InputGradient()]),
        _ => null,
    };

    private CudaLaunch Forward(CudaPlace output) =>
        new(Dense, "forward", _outputs, new(1, 1), new(1), new(1), [new(CudaSpace.Input), new(CudaSpace.Parameters), output]);

    private static CudaLaunch Loss(CudaPlace output, CudaPlace gradient) =>
        new("MeanSquaredError", "loss", 32, new(1, 1, 32), new(1), new(1), [output, new(CudaSpace.Target), new(CudaSpace.SampleWeights), new(CudaSpace.Losses), gradient]);

    private CudaLaunch Gradient(CudaPlace outputGradient) =>
        new($"{Dense}, gradient", "gradient", _outputs, new(_inputs + 1), new(1), new(1), [new(CudaSpace.Input), outputGradient, new(CudaSpace.Gradients)]);

    private CudaLaunch InputGradient() =>
        new($"{Dense}, gradient of its input", "input_gradient", _inputs, new(1, 1), new(1), new(1), [new(CudaSpace.OutputGradient), new(CudaSpace.Parameters), new(CudaSpace.InputGradient)]);

    private static string Module(int inputs, int outputs, long bias)
    {
        var width = ParameterLayout.PaddedTo16(outputs);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            .version 7.4
            .target sm_80
            .address_size 64

            .visible .entry forward(.param .u64 pX, .param .u64 pW, .param .u64 pY, .param .u32 batch)
            {
                .reg .pred %done; .reg .b32 %o, %s, %i; .reg .b64 %x, %w, %y; .reg .f32 %sum, %a, %b;
                mov.u32 %o, %tid.x;
                mov.u32 %s, %ctaid.x;
                ld.param.u64 %x, [pX];
                mad.wide.u32 %x, %s, {{4 * inputs}}, %x;
                ld.param.u64 %w, [pW];
                mad.wide.u32 %w, %o, 4, %w;
                ld.global.f32 %sum, [%w+{{4 * bias}}];
                mov.u32 %i, 0;
            Next:
                ld.global.f32 %a, [%x];
                ld.global.f32 %b, [%w];
                fma.rn.f32 %sum, %a, %b, %sum;
                add.u64 %x, %x, 4;
                add.u64 %w, %w, {{4 * width}};
                add.u32 %i, %i, 1;
                setp.lt.u32 %done, %i, {{inputs}};
                @%done bra Next;
                ld.param.u64 %y, [pY];
                mad.lo.u32 %s, %s, {{outputs}}, %o;
                mad.wide.u32 %y, %s, 4, %y;
                st.global.f32 [%y], %sum;
                ret;
            }

            .visible .entry loss(.param .u64 pY, .param .u64 pT, .param .u64 pWeights, .param .u64 pLosses, .param .u64 pD, .param .u32 batch)
            {
                .reg .pred %done; .reg .b32 %s, %block, %batch, %o; .reg .b64 %y, %t, %d, %p; .reg .f32 %weight, %sum, %a, %b;
                mov.u32 %s, %tid.x;
                mov.u32 %block, %ctaid.x;
                mad.lo.u32 %s, %block, 32, %s;
                ld.param.u32 %batch, [batch];
                setp.ge.u32 %done, %s, %batch;
                @%done ret;
                ld.param.u64 %p, [pWeights];
                mad.wide.u32 %p, %s, 4, %p;
                ld.global.f32 %weight, [%p];
                ld.param.u64 %y, [pY];
                mad.wide.u32 %y, %s, {{4 * outputs}}, %y;
                ld.param.u64 %t, [pT];
                mad.wide.u32 %t, %s, {{4 * outputs}}, %t;
                ld.param.u64 %d, [pD];
                mad.wide.u32 %d, %s, {{4 * outputs}}, %d;
                mov.f32 %sum, 0f00000000;
                mov.u32 %o, 0;
            Next:
                ld.global.f32 %a, [%y];
                ld.global.f32 %b, [%t];
                sub.rn.f32 %a, %a, %b;
                fma.rn.f32 %sum, %a, %a, %sum;
                mul.rn.f32 %a, %a, %weight;
                mul.rn.f32 %a, %a, {{Hex(2f / outputs)}};
                st.global.f32 [%d], %a;
                add.u64 %y, %y, 4;
                add.u64 %t, %t, 4;
                add.u64 %d, %d, 4;
                add.u32 %o, %o, 1;
                setp.lt.u32 %done, %o, {{outputs}};
                @%done bra Next;
                mul.rn.f32 %sum, %sum, %weight;
                mul.rn.f32 %sum, %sum, {{Hex(1f / outputs)}};
                ld.param.u64 %p, [pLosses];
                mad.wide.u32 %p, %s, 4, %p;
                st.global.f32 [%p], %sum;
                ret;
            }

            // A block has an input; the last one has the bias.
            .visible .entry gradient(.param .u64 pX, .param .u64 pD, .param .u64 pG, .param .u32 batch)
            {
                .reg .pred %more, %bias; .reg .b32 %o, %i, %s, %batch, %at; .reg .b64 %x, %d, %g; .reg .f32 %sum, %a, %b;
                mov.u32 %o, %tid.x;
                mov.u32 %i, %ctaid.x;
                setp.eq.u32 %bias, %i, {{inputs}};
                ld.param.u32 %batch, [batch];
                ld.param.u64 %x, [pX];
                mad.wide.u32 %x, %i, 4, %x;
                ld.param.u64 %d, [pD];
                mad.wide.u32 %d, %o, 4, %d;
                mov.f32 %sum, 0f00000000;
                mov.f32 %a, 0f3F800000;
                mov.u32 %s, 0;
            Next:
                @!%bias ld.global.f32 %a, [%x];
                ld.global.f32 %b, [%d];
                fma.rn.f32 %sum, %a, %b, %sum;
                add.u64 %x, %x, {{4 * inputs}};
                add.u64 %d, %d, {{4 * outputs}};
                add.u32 %s, %s, 1;
                setp.lt.u32 %more, %s, %batch;
                @%more bra Next;
                mul.lo.u32 %at, %i, {{width}};
                selp.u32 %at, {{bias}}, %at, %bias;
                add.u32 %at, %at, %o;
                ld.param.u64 %g, [pG];
                mad.wide.u32 %g, %at, 4, %g;
                st.global.f32 [%g], %sum;
                ret;
            }

            .visible .entry input_gradient(.param .u64 pD, .param .u64 pW, .param .u64 pG, .param .u32 batch)
            {
                .reg .pred %more; .reg .b32 %i, %s, %o; .reg .b64 %d, %w, %g; .reg .f32 %sum, %a, %b;
                mov.u32 %i, %tid.x;
                mov.u32 %s, %ctaid.x;
                ld.param.u64 %d, [pD];
                mad.wide.u32 %d, %s, {{4 * outputs}}, %d;
                ld.param.u64 %w, [pW];
                mad.wide.u32 %w, %i, {{4 * width}}, %w;
                mov.f32 %sum, 0f00000000;
                mov.u32 %o, 0;
            Next:
                ld.global.f32 %a, [%d];
                ld.global.f32 %b, [%w];
                fma.rn.f32 %sum, %a, %b, %sum;
                add.u64 %d, %d, 4;
                add.u64 %w, %w, 4;
                add.u32 %o, %o, 1;
                setp.lt.u32 %more, %o, {{outputs}};
                @%more bra Next;
                ld.param.u64 %g, [pG];
                mad.lo.u32 %s, %s, {{inputs}}, %i;
                mad.wide.u32 %g, %s, 4, %g;
                st.global.f32 [%g], %sum;
                ret;
            }

            """);
    }

    private static string Hex(float value) => string.Create(CultureInfo.InvariantCulture, $"0f{BitConverter.SingleToUInt32Bits(value):X8}");
}
