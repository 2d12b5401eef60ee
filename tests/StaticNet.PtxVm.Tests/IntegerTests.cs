namespace StaticNet.PtxVm.Tests;

public class IntegerTests
{
    private const uint Minus = 0xFFFFFFFF;

    [Theory]
    [InlineData("add.u32 %d, %a, %b;", 0xFFFFFFFF, 2, 1)]
    [InlineData("sub.s32 %d, %a, %b;", 1, 2, Minus)]
    [InlineData("mul.lo.u32 %d, %a, %b;", 0x10001, 0x10001, 0x20001)]
    [InlineData("mul.hi.u32 %d, %a, %b;", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE)]
    [InlineData("mul.hi.s32 %d, %a, %b;", 0xFFFFFFFF, 5, Minus)]
    [InlineData("mad.lo.s32 %d, %a, %b, %a;", 7, 6, 49)]
    [InlineData("mul.wide.s32 %w, %a, %b; mov.b64 {%t, %d}, %w;", 0xFFFFFFFF, 5, Minus)]
    [InlineData("mul.wide.u32 %w, %a, %b; mov.b64 {%t, %d}, %w;", 0xFFFFFFFF, 5, 4)]
    [InlineData("div.s32 %d, %a, %b;", 0xFFFFFFF9, 2, 0xFFFFFFFD)]
    [InlineData("div.u32 %d, %a, %b;", 0xFFFFFFF9, 2, 0x7FFFFFFC)]
    [InlineData("div.s32 %d, %a, %b;", 0x80000000, 0xFFFFFFFF, 0x80000000)]
    [InlineData("rem.s32 %d, %a, %b;", 0xFFFFFFF9, 2, 0xFFFFFFFF)]
    [InlineData("abs.s32 %d, %a;", 0xFFFFFFF9, 0, 7)]
    [InlineData("neg.s32 %d, %a;", 5, 0, 0xFFFFFFFB)]
    [InlineData("min.s32 %d, %a, %b;", 0xFFFFFFFF, 1, 0xFFFFFFFF)]
    [InlineData("min.u32 %d, %a, %b;", 0xFFFFFFFF, 1, 1)]
    [InlineData("max.s32 %d, %a, %b;", 0xFFFFFFFF, 1, 1)]
    [InlineData("shl.b32 %d, %a, %b;", 3, 31, 0x80000000)]
    [InlineData("shl.b32 %d, %a, %b;", 3, 32, 0)]
    [InlineData("shr.u32 %d, %a, %b;", 0x80000000, 4, 0x08000000)]
    [InlineData("shr.s32 %d, %a, %b;", 0x80000000, 4, 0xF8000000)]
    [InlineData("shr.s32 %d, %a, %b;", 0x80000000, 40, 0xFFFFFFFF)]
    [InlineData("shf.l.wrap.b32 %d, %a, %b, 8;", 0x11223344, 0x55667788, 0x66778811)]
    [InlineData("shf.r.wrap.b32 %d, %a, %b, 40;", 0x11223344, 0x55667788, 0x88112233)]
    [InlineData("shf.r.clamp.b32 %d, %a, %b, 40;", 0x11223344, 0x55667788, 0x55667788)]
    [InlineData("shf.l.clamp.b32 %d, %a, %b, 32;", 0x11223344, 0x55667788, 0x11223344)]
    [InlineData("and.b32 %d, %a, %b;", 0b1100, 0b1010, 0b1000)]
    [InlineData("or.b32 %d, %a, %b;", 0b1100, 0b1010, 0b1110)]
    [InlineData("xor.b32 %d, %a, %b;", 0b1100, 0b1010, 0b0110)]
    [InlineData("not.b32 %d, %a;", 0, 0, Minus)]
    [InlineData("lop3.b32 %d, %a, %b, %c, 0x96;", 0b1100, 0b1010, 0b0110)] // a ^ b ^ c, and c is 0
    [InlineData("lop3.b32 %d, %a, %b, -1, 0xD8;", 0xF0F0, 0xCCCC, 0xCCCC)] // c ? b : a
    [InlineData("prmt.b32 %d, %a, %b, 0x5410;", 0x11223344, 0x55667788, 0x77883344)]
    [InlineData("prmt.b32 %d, %a, %b, 0xF7;", 0, 0x80000000, 0x0000FF80)]
    [InlineData("bfe.u32 %d, %a, 4, 8;", 0xABCDEF12, 0, 0xF1)]
    [InlineData("bfe.s32 %d, %a, 4, 8;", 0xABCDEF12, 0, 0xFFFFFFF1)]
    [InlineData("bfe.u32 %d, %a, 28, 8;", 0xABCDEF12, 0, 0xA)]
    [InlineData("bfi.b32 %d, %a, %b, 8, 4;", 0xFF, 0, 0xF00)]
    [InlineData("popc.b32 %d, %a;", 0xF0F0, 0, 8)]
    [InlineData("clz.b32 %d, %a;", 0x00010000, 0, 15)]
    [InlineData("clz.b64 %d, %wa;", 1, 0, 63)]
    [InlineData("brev.b32 %d, %a;", 0x00000003, 0, 0xC0000000)]
    [InlineData("cvt.u64.u32 %w, %a; mov.b64 {%t, %d}, %w;", Minus, 0, 0)]
    [InlineData("cvt.s64.s32 %w, %a; mov.b64 {%t, %d}, %w;", Minus, 0, Minus)]
    [InlineData("cvt.u32.u8 %d, %a;", 0x1234, 0, 0x34)]
    [InlineData("cvt.s32.s8 %d, %a;", 0x12FE, 0, 0xFFFFFFFE)]
    [InlineData("cvt.u32.u64 %d, %wa;", 7, 9, 7)]
    [InlineData("mov.b32 {%h0, %h1}, %a; mov.b32 %d, {%h1, %h0};", 0x11223344, 0, 0x33441122)]
    [InlineData("setp.lt.s32 %p, %a, %b; selp.b32 %d, 1, 2, %p;", Minus, 0, 1)]
    [InlineData("setp.lt.u32 %p, %a, %b; selp.b32 %d, 1, 2, %p;", Minus, 0, 2)]
    [InlineData("setp.lo.u32 %p, %a, %b; selp.b32 %d, 1, 2, !%p;", 0, 1, 2)]
    [InlineData("setp.eq.u32 %q, %a, %a; setp.lt.and.u32 %p, %a, %b, !%q; selp.b32 %d, 1, 2, %p;", 0, 1, 2)]
    [InlineData("setp.eq.u32 %q, %a, 9; setp.ge.or.u32 %p, %a, %b, %q; selp.b32 %d, 1, 2, %p;", 5, 5, 1)]
    [InlineData("setp.ne.u32 %p, %a, %b; not.pred %q, %p; and.pred %p, %p, !%q; selp.b32 %d, 1, 2, %p;", 5, 6, 1)]
    [InlineData("mov.u32 %d, %b; setp.eq.u32 %p, %a, 1; @%p mov.u32 %d, 8; @!%p mov.u32 %d, 9;", 1, 0, 8)]
    public void Instruction_gives(string text, uint a, uint b, uint expected) => Assert.Equal([expected], Ptx.Run(text, [a], [b]));

    [Fact]
    public void Lanes_that_go_different_ways_meet_again_and_loop_as_often_as_each_wants()
    {
        var result = Ptx.Run("""
                mov.u32 %d, 0;
                setp.ge.u32 %p, %a, 16;
                @%p bra HIGH;
            LOOP:
                setp.lt.u32 %q, %d, %a;
                @!%q bra JOIN;
                add.u32 %d, %d, 1;
                bra.uni LOOP;
            HIGH:
                mov.u32 %d, 1000;
            JOIN:
                bar.warp.sync 0xffffffff;
                add.u32 %d, %d, 1;
            """, [.. Enumerable.Range(0, 32).Select(lane => (uint)lane)]);

        Assert.Equal(Enumerable.Range(0, 32).Select(lane => lane < 16 ? (uint)lane + 1 : 1001), result);
    }

    [Fact]
    public void Special_registers_tell_a_thread_where_it_is() => Assert.Equal(
        Enumerable.Range(0, 32).Select(lane => (uint)(lane + (32 * 10) + (1 * 100) + ((1 << lane) - 1))),
        Ptx.Run("""
            mov.u32 %d, %laneid; mov.u32 %t, %ntid.x; mad.lo.u32 %d, %t, 10, %d; mov.u32 %t, %nctaid.y; mad.lo.u32 %d, %t, 100, %d;
            mov.u32 %t, %ctaid.z; add.u32 %d, %d, %t; mov.u32 %t, %lanemask_lt; add.u32 %d, %d, %t; mov.u32 %t, %tid.x;
            """, new uint[32]));
}
