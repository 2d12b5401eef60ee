using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

public class ConcurrencyTests
{
    private const string Start = """
        .reg .pred %p, %q; .reg .b32 %t, %c, %w, %r<8>; .reg .b64 %d<4>; .shared .align 16 .b8 s[1024];
        mov.u32 %t, %tid.x; shr.u32 %w, %t, 5; mov.u32 %c, %ctaid.x; ld.param.u64 %d0, [p0]; mad.lo.u32 %r7, %c, 64, %t; mad.wide.u32 %d1, %r7, 4, %d0;
        shl.b32 %r0, %t, 2; xor.b32 %r1, %r0, 128;
        """;

    public static TheoryData<ScheduleOrder> Orders => [.. Enum.GetValues<ScheduleOrder>()];

    [Theory]
    [InlineData("st.shared.b32 [%r0], %t; ld.shared.b32 %r2, [%r1];", FaultKind.UninitializedMemory, FaultKind.SharedRace)]
    [InlineData("st.shared.b32 [%r0], %t; bar.sync 0; ld.shared.b32 %r2, [%r1]; st.shared.b32 [%r0], %r2;", FaultKind.SharedRace, FaultKind.SharedRace)]
    [InlineData("st.shared.b32 [%r0], %t; xor.b32 %r2, %r0, 4; ld.shared.b32 %r3, [%r2];", FaultKind.SharedRace, FaultKind.SharedRace)]
    [InlineData("st.global.b32 [%d1], %t; xor.b32 %r2, %r7, 1; mad.wide.u32 %d2, %r2, 4, %d0; st.global.b32 [%d2], %t;", FaultKind.GlobalRace, FaultKind.GlobalRace)]
    [InlineData("st.shared.b32 [s], 1;", FaultKind.SharedRace, FaultKind.SharedRace)]
    [InlineData("setp.eq.u32 %p, %w, 0; @%p bar.sync 0;", FaultKind.BarrierDivergence, FaultKind.BarrierDivergence)]
    [InlineData("setp.eq.u32 %p, %w, 0; @%p bar.sync 1; @!%p bar.sync 2;", FaultKind.Deadlock, FaultKind.Deadlock)]
    [InlineData("bar.sync 1, 96;", FaultKind.Deadlock, FaultKind.Deadlock)]
    [InlineData("setp.eq.u32 %p, %t, 3; @%p exit; bar.sync 0;", FaultKind.Divergence, FaultKind.Divergence)]
    [InlineData("setp.eq.u32 %p, %w, 0; @%p st.global.b32 [%d0], 1; @!%p ld.global.b32 %r2, [%d0];", FaultKind.GlobalRace, FaultKind.GlobalRace)]
    [InlineData("setp.eq.u32 %p, %w, 0; @%p st.shared.b32 [s], 1; @!%p red.shared.add.u32 [s], 1;", FaultKind.SharedRace, FaultKind.UninitializedMemory)]
    public void Warps_that_nothing_orders_are_found_in_every_order(string body, FaultKind one, FaultKind other)
    {
        foreach (var order in Enum.GetValues<ScheduleOrder>())
        {
            var fault = Assert.Throws<KernelFaultException>(() => Ptx.RunBody(Start + body, 64, 1, new() { Order = order }, [256]));
            Assert.True(fault.Kind == one || fault.Kind == other, fault.Message);
        }
    }

    [Theory]
    [InlineData("st.shared.b32 [%r0], %t; bar.sync 0; ld.shared.b32 %r2, [%r1]; bar.sync 0; st.shared.b32 [%r0], %r2;")]
    [InlineData("st.shared.b32 [%r0], %t; ld.shared.b32 %r2, [%r0];")] // each its own
    [InlineData("st.shared.b32 [%r0], %t; bar.warp.sync -1; xor.b32 %r2, %r0, 4; ld.shared.b32 %r3, [%r2];")]
    [InlineData("st.global.b32 [%d1], %t; bar.sync 0; xor.b32 %r2, %r7, 32; mad.wide.u32 %d2, %r2, 4, %d0; ld.global.b32 %r3, [%d2];")]
    [InlineData("setp.eq.u32 %p, %t, 0; @%p st.shared.b32 [s], 0; bar.sync 0; red.shared.add.u32 [s], 1; bar.sync 0; ld.shared.b32 %r2, [s];")]
    [InlineData("setp.eq.u32 %p, %w, 0; @%p st.shared.b32 [%r0], %t; bar.sync 3, 64; @!%p ld.shared.b32 %r2, [%r1];")]
    [InlineData("bar.sync 0; setp.eq.u32 %p, %w, 0; @%p exit; st.shared.b32 [s], 1;")]
    public void Warps_that_barriers_order_are_right_in_every_order(string body)
    {
        foreach (var order in Enum.GetValues<ScheduleOrder>())
            Ptx.RunBody(Start + body, 64, 2, new() { Order = order, Seed = 3 }, [8192]);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Atomic_operations_of_all_ctas_add_up(ScheduleOrder order)
    {
        using var machine = new Machine();
        var counter = machine.Memory.Allocate<uint>([5, 0, 100, 0xFFFF, 0]);
        var kernel = Kernel("""
            red.global.add.u32 [%d0], 1;
            atom.global.inc.u32 %r2, [%d0+4], 9;
            atom.global.min.u32 %r2, [%d0+8], %t;
            red.relaxed.gpu.global.and.b32 [%d0+12], %t;
            atom.global.cas.b32 %r2, [%d0+16], 0, 7;
            """);

        machine.Launch(kernel, 3, 64, 0, [counter], new() { Order = order });

        Assert.Equal([5 + 192, 192 % 10, 0, 0, 7], machine.Memory.Read<uint>(counter, 5));
    }

    /// <summary>The last CTA to come adds up what all have written: right with a fence on both sides of the counter, a race without.</summary>
    [Theory]
    [InlineData("membar.gl;", "membar.gl;", "atom.global.add.u32", null)]
    [InlineData("", "", "atom.acq_rel.gpu.global.add.u32", null)]
    [InlineData("", "membar.gl;", "atom.global.add.u32", FaultKind.GlobalRace)]
    [InlineData("membar.gl;", "", "atom.global.add.u32", FaultKind.GlobalRace)]
    [InlineData("membar.cta;", "membar.cta;", "atom.global.add.u32", FaultKind.GlobalRace)]
    public void Ctas_tell_each_other_by_fences_and_atomic_operations(string release, string acquire, string atomic, FaultKind? expected)
    {
        var kernel = Kernel($"""
            add.u32 %r2, %c, 1; mad.wide.u32 %d2, %r2, 4, %d0;
            setp.eq.u32 %p, %t, 0; @!%p bra END;
            st.global.b32 [%d2], 10;
            {release}
            {atomic} %r3, [%d0], 1;
            {acquire}
            setp.ne.u32 %p, %r3, 3; @%p bra END;
            ld.global.b32 %r4, [%d0+4]; ld.global.b32 %r5, [%d0+8]; add.u32 %r4, %r4, %r5;
            ld.global.b32 %r5, [%d0+12]; add.u32 %r4, %r4, %r5; ld.global.b32 %r5, [%d0+16]; add.u32 %r4, %r4, %r5;
            st.global.b32 [%d0+20], %r4;
            END:
            """);
        foreach (var order in Enum.GetValues<ScheduleOrder>())
        {
            using var machine = new Machine();
            var memory = machine.Memory.Allocate<uint>(new uint[6]);
            var fault = Record.Exception(() => machine.Launch(kernel, 4, 64, 0, [memory], new() { Order = order }));

            Assert.Equal(expected, (fault as KernelFaultException)?.Kind);
            if (expected is null)
                Assert.Equal(40u, machine.Memory.Read<uint>(memory, 6)[5]);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_cta_can_wait_for_another_one_that_is_there_too(ScheduleOrder order)
    {
        const string Body = """
            setp.ne.u32 %p, %t, 0; @%p bra END;
            setp.eq.u32 %q, %c, 0; @%q bra FIRST;
            st.global.b32 [%d0+4], 77; st.release.gpu.global.b32 [%d0], 1;
            bra END;
            FIRST:
            ld.acquire.gpu.global.b32 %r2, [%d0]; setp.eq.u32 %p, %r2, 0; @%p bra FIRST;
            ld.global.b32 %r3, [%d0+4]; st.global.b32 [%d0+8], %r3;
            END:
            """;
        using var machine = new Machine();
        var memory = machine.Memory.Allocate<uint>(new uint[3]);

        machine.Launch(Kernel(Body), 2, 32, 0, [memory], new() { Order = order });

        Assert.Equal(77u, machine.Memory.Read<uint>(memory, 3)[2]);
        if (order == ScheduleOrder.Forward)
        {
            machine.Memory.Write<uint>(memory, [0]);
            var alone = new LaunchOptions { ResidentCtas = 1, InstructionBudget = 200_000 };
            Assert.Equal(FaultKind.NoProgress, Assert.Throws<KernelFaultException>(() => machine.Launch(Kernel(Body), 2, 32, 0, [memory], alone)).Kind);
        }
    }

    private static Kernel Kernel(string body) => PtxModule.Parse(Ptx.Kernel(".param .u64 p0", Start + body))["k"];
}
