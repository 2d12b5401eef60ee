using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

public class WarpTests
{
    private static readonly uint[] LaneNumbers = [.. Enumerable.Range(0, 32).Select(lane => (uint)lane)];

    [Theory]
    [InlineData("shfl.sync.bfly.b32 %d, %a, 1, 31, -1;", 1, 0, 3, 30)]
    [InlineData("shfl.sync.down.b32 %d, %a, 2, 31, -1;", 2, 3, 4, 31)] // out of range: its own
    [InlineData("shfl.sync.up.b32 %d, %a, 2, 0, -1;", 0, 1, 0, 29)]
    [InlineData("shfl.sync.idx.b32 %d, %a, 5, 31, -1;", 5, 5, 5, 5)]
    [InlineData("shfl.sync.idx.b32 %d, %a, 5, 0x181f, -1;", 5, 5, 5, 29)] // segments of 8 lanes
    [InlineData("shfl.sync.down.b32 %d|%p, %a, 2, 31, -1; @!%p mov.b32 %d, 99;", 2, 3, 4, 99)]
    [InlineData("setp.ge.u32 %p, %a, 30; vote.sync.ballot.b32 %d, %p, -1;", 0xC0000000, 0xC0000000, 0xC0000000, 0xC0000000)]
    [InlineData("setp.ge.u32 %p, %a, 30; vote.sync.any.pred %p, %p, -1; selp.b32 %d, 1, 0, %p;", 1, 1, 1, 1)]
    [InlineData("setp.ge.u32 %p, %a, 30; vote.sync.all.pred %p, !%p, -1; selp.b32 %d, 1, 0, %p;", 0, 0, 0, 0)]
    [InlineData("setp.ge.u32 %p, %a, 0; vote.sync.uni.pred %p, %p, -1; selp.b32 %d, 1, 0, %p;", 1, 1, 1, 1)]
    [InlineData("mov.b32 %d, 0; setp.ge.u32 %p, %a, 30; @%p activemask.b32 %d;", 0, 0, 0, 0xC0000000)]
    [InlineData("redux.sync.add.u32 %d, %a, -1;", 496, 496, 496, 496)]
    [InlineData("neg.s32 %a, %a; redux.sync.min.s32 %d, %a, -1; neg.s32 %d, %d;", 31, 31, 31, 31)]
    [InlineData("redux.sync.xor.b32 %d, %a, -1;", 0, 0, 0, 0)]
    [InlineData("mov.b32 %d, 7; setp.lt.u32 %p, %a, 16; @%p redux.sync.max.u32 %d, %a, 0xffff;", 15, 15, 15, 7)]
    public void Instruction_gives_lanes(string text, uint lane0, uint lane1, uint lane2, uint lane31)
    {
        var result = Ptx.Run(text, LaneNumbers);

        Assert.Equal([lane0, lane1, lane2, lane31], [result[0], result[1], result[2], result[31]]);
    }

    [Theory]
    [InlineData("setp.lt.u32 %p, %a, 16; @%p shfl.sync.bfly.b32 %d, %a, 1, 31, -1;")]
    [InlineData("setp.lt.u32 %p, %a, 16; @%p vote.sync.ballot.b32 %d, %p, 0xff;")]
    [InlineData("setp.lt.u32 %p, %a, 16; @%p shfl.sync.idx.b32 %d, %a, 20, 31, 0xffff;")]
    [InlineData("setp.lt.u32 %p, %a, 16; @%p redux.sync.add.u32 %d, %a, -1;")]
    public void Lanes_that_do_not_take_part_are_a_fault(string text)
    {
        var fault = Assert.Throws<KernelFaultException>(() => Ptx.Run(text, LaneNumbers));
        Assert.Equal(FaultKind.Divergence, fault.Kind);
    }

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData(".trans", 1, 0)]
    public void Matrices_are_loaded_by_rows_or_columns(string modifier, int rowStep, int columnStep)
    {
        // Element (r, c) of matrix m is 64·m + 8·r + c, and a row has 16 bytes.
        var result = Ptx.Run($$"""
            .shared .align 16 .b8 tile[512];
            mov.u32 %t, %tid.x; shl.b32 %c, %t, 4; shl.b32 %a, %t, 3;
            STEP:
            and.b32 %b, %a, 7; shl.b32 %b, %b, 1; add.u32 %b, %b, %c; cvt.u16.u32 %h0, %a; st.shared.b16 [%b], %h0;
            add.u32 %a, %a, 1; and.b32 %b, %a, 7; setp.ne.u32 %p, %b, 0; @%p bra STEP;
            bar.sync 0;
            .reg .b32 %m<4>;
            ldmatrix.sync.aligned.m8n8.x4{{modifier}}.shared.b16 {%m0, %m1, %m2, %m3}, [%c];
            mov.u32 %d, %m2;
            """, LaneNumbers);

        for (var lane = 0; lane < 32; lane++)
        {
            var (across, along) = (lane / 4, 2 * (lane % 4));
            int At(int first, int second) => 128 + (8 * (rowStep == 0 ? first : second)) + (columnStep == 1 ? second : first);
            Assert.Equal((uint)(At(across, along) | (At(across, along + 1) << 16)), result[lane]);
        }
    }

    /// <summary>Each product of matrices against the definition, with elements that its type holds exactly.</summary>
    [Theory]
    [InlineData("m16n8k8", "tf32", 4, 2)]
    [InlineData("m16n8k8", "bf16", 2, 1)]
    [InlineData("m16n8k16", "bf16", 4, 2)]
    [InlineData("m16n8k16", "f16", 4, 2)]
    [InlineData("m16n8k8", "f16", 2, 1)]
    public void Matrices_are_multiplied(string shape, string type, int registersOfA, int registersOfB)
    {
        var depth = int.Parse(shape.AsSpan(6));
        var random = new Random(7);
        var (a, b, c) = (Matrix(16, depth), Matrix(depth, 8), Matrix(16, 8));
        using var machine = new Machine();
        var text = Ptx.Kernel(".param .u64 pa, .param .u64 pb, .param .u64 pc", $$"""
            .reg .b64 %d<3>; .reg .b32 %t, %a<4>, %b<4>; .reg .f32 %c<4>;
            mov.u32 %t, %tid.x;
            ld.param.u64 %d0, [pa]; mad.wide.u32 %d0, %t, 16, %d0; ld.global.v4.b32 {%a0, %a1, %a2, %a3}, [%d0];
            ld.param.u64 %d1, [pb]; mad.wide.u32 %d1, %t, 16, %d1; ld.global.v4.b32 {%b0, %b1, %b2, %b3}, [%d1];
            ld.param.u64 %d2, [pc]; mad.wide.u32 %d2, %t, 16, %d2; ld.global.v4.f32 {%c0, %c1, %c2, %c3}, [%d2];
            mma.sync.aligned.{{shape}}.row.col.f32.{{type}}.{{type}}.f32 {%c0, %c1, %c2, %c3}, {{List("%a", registersOfA)}}, {{List("%b", registersOfB)}}, {%c0, %c1, %c2, %c3};
            st.global.v4.f32 [%d2], {%c0, %c1, %c2, %c3};
            """);
        var (pa, pb) = (machine.Memory.Allocate<uint>(Pack(registersOfA, LeftAt)), machine.Memory.Allocate<uint>(Pack(registersOfB, RightAt)));
        var pc = machine.Memory.Allocate<float>(new float[128]);
        machine.Memory.Write<float>(pc, [.. Enumerable.Range(0, 128).Select(index => Accumulator(c, index / 4, index % 4))]);

        var counts = machine.Launch(PtxModule.Parse(text)["k"], 1, 32, 0, [pa, pb, pc]);

        var result = machine.Memory.Read<float>(pc, 128);
        var expected = Enumerable.Range(0, 16).Select(row => Enumerable.Range(0, 8)
            .Select(column => c[row][column] + Enumerable.Range(0, depth).Sum(k => a[row][k] * b[k][column])).ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, 128).Select(index => Accumulator(expected, index / 4, index % 4)), result);
        Assert.Equal(2 * 16 * 8 * depth, counts.FloatingPointOperations);

        float[][] Matrix(int rows, int columns) =>
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (float)random.Next(-8, 9)).ToArray())];

        // The fragments, written out from the manual's figures.
        float LeftAt(int lane, int register, int element) => type == "tf32"
            ? a[(lane / 4) + (8 * (register % 2))][(lane % 4) + (4 * (register / 2))]
            : a[(lane / 4) + (8 * (register % 2))][(2 * (lane % 4)) + element + (8 * (register / 2))];
        float RightAt(int lane, int register, int element) => type == "tf32"
            ? b[(lane % 4) + (4 * register)][lane / 4]
            : b[(2 * (lane % 4)) + element + (8 * register)][lane / 4];
        uint[] Pack(int registers, Func<int, int, int, float> at) => [.. Enumerable.Range(0, 128).Select(index => index % 4 >= registers ? 0 : type switch
        {
            "tf32" => BitConverter.SingleToUInt32Bits(at(index / 4, index % 4, 0)),
            "bf16" => (BitConverter.SingleToUInt32Bits(at(index / 4, index % 4, 0)) >> 16) | (BitConverter.SingleToUInt32Bits(at(index / 4, index % 4, 1)) & 0xFFFF0000),
            _ => BitConverter.HalfToUInt16Bits((Half)at(index / 4, index % 4, 0)) | ((uint)BitConverter.HalfToUInt16Bits((Half)at(index / 4, index % 4, 1)) << 16),
        })];
    }

    [Fact]
    public void Multiplication_in_tf32_does_not_read_the_lower_bits()
    {
        // 1 + 2⁻¹¹ is 1 to the hardware, unless cvt.rna makes it 1 + 2⁻¹⁰ before.
        const string Multiply = ".reg .b32 %z; mov.b32 %z, 0; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%m0, %m1, %m2, %m3}, {%a, %z, %z, %z}, {%b, %z}, {%z, %z, %z, %z}; mov.b32 %d, %m0;";
        var (a, b) = (Enumerable.Repeat(1 + MathF.ScaleB(1, -11), 32).ToArray(), Enumerable.Repeat(1f, 32).ToArray());

        Assert.Equal(4f, Ptx.RunFloats(".reg .b32 %m<4>; " + Multiply, a, b)[0]);
        Assert.Equal(4 + MathF.ScaleB(1, -8), Ptx.RunFloats(".reg .b32 %m<4>; cvt.rna.tf32.f32 %a, %a; " + Multiply, a, b)[0]);
    }

    [Fact]
    public void Matrix_instructions_need_all_lanes()
    {
        var fault = Assert.Throws<KernelFaultException>(() => Ptx.Run("setp.lt.u32 %p, %a, 31; .shared .align 16 .b8 s[512]; mov.u32 %t, s; @%p ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%d}, [%t];", LaneNumbers));
        Assert.Equal(FaultKind.Divergence, fault.Kind);
    }

    private static string List(string name, int count) => "{" + string.Join(", ", Enumerable.Range(0, count).Select(index => $"{name}{index}")) + "}";

    private static float Accumulator(float[][] matrix, int lane, int register) => matrix[(lane / 4) + (8 * (register / 2))][(2 * (lane % 4)) + (register % 2)];
}
