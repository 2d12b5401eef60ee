using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

public class MemoryTests
{
    private const string Start = """
        .reg .pred %p; .reg .b32 %t, %c, %r<8>; .reg .b16 %h; .reg .b64 %d<4>;
        mov.u32 %t, %tid.x; mov.u32 %c, %ctaid.x; ld.param.u64 %d0, [p0]; mad.wide.u32 %d1, %t, 4, %d0;
        """;

    [Theory]
    [InlineData("ld.global.b32 %r0, [%d1+4];", FaultKind.OutOfBounds, "4 bytes at offset 128 of allocation 0, which has 128")]
    [InlineData("ld.global.b32 %r0, [%d1+-4];", FaultKind.OutOfBounds, "nothing is allocated")]
    [InlineData("st.global.b32 [%d1+1], %t;", FaultKind.Misaligned, "4-byte access")]
    [InlineData("ld.global.v4.b32 {%r0, %r1, %r2, %r3}, [%d1];", FaultKind.Misaligned, "lane 1")]
    [InlineData("add.u32 %r0, %r1, 1;", FaultKind.UninitializedRegister, "register %r1 is read without a value")]
    [InlineData("setp.lt.u32 %p, %t, 16; @%p mov.u32 %r0, 1; add.u32 %r0, %r0, 1;", FaultKind.UninitializedRegister, "lane 16")]
    [InlineData("@%p mov.u32 %r0, 1;", FaultKind.UninitializedRegister, "register %p")]
    [InlineData("st.global.b32 [%d0], %t;", FaultKind.WriteConflict, "lane 0 writes another value")]
    [InlineData("ld.global.nc.b32 %r0, [%d1]; st.global.b32 [%d1], %r0;", FaultKind.ReadOnlyViolation, "which this launch reads with .nc")]
    [InlineData("st.global.b32 [%d1], %t; ld.global.nc.b32 %r0, [%d1];", FaultKind.ReadOnlyViolation, "which this launch writes")]
    [InlineData("setp.lt.u32 %p, %t, 16; @%p bar.sync 0;", FaultKind.Divergence, "lanes 0000ffff alone come to a barrier")]
    [InlineData("setp.lt.u32 %p, %t, 16; @%p bra.uni END; END:", FaultKind.Divergence, "bra.uni")]
    [InlineData("setp.lt.u32 %p, %t, 16; @%p bar.warp.sync -1;", FaultKind.Divergence, "lanes 0000ffff execute what names lanes ffffffff")]
    [InlineData("div.u32 %r0, %t, 0;", FaultKind.IllegalInstruction, "division by zero")]
    [InlineData("trap;", FaultKind.IllegalInstruction, "trap")]
    [InlineData("AGAIN: bra AGAIN;", FaultKind.NoProgress, "has not ended")]
    [InlineData("bar.sync 1, 64;", FaultKind.Deadlock, "warp 0 at barrier 1")]
    [InlineData(".shared .b32 s[32]; ld.shared.b32 %r0, [s];", FaultKind.UninitializedMemory, "shared memory")]
    [InlineData(".shared .b32 s[32]; st.shared.b32 [s+128], 1;", FaultKind.OutOfBounds, "offset 128 of shared memory, which has 128")]
    public void Launch_of_a_faulty_kernel_says_what_is_wrong(string body, FaultKind kind, string detail)
    {
        var fault = Assert.Throws<KernelFaultException>(() => Ptx.RunBody(Start + body, 32, 1, new() { InstructionBudget = 100_000 }, [128]));

        Assert.Equal(kind, fault.Kind);
        Assert.Contains(detail, fault.Message, StringComparison.Ordinal);
        Assert.Contains("kernel k, CTA (0, 0, 0), warp 0, lane ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("st.global.b32 [%d1], %t;", FaultKind.GlobalRace, "of CTA ")] // both CTAs
    [InlineData("ld.global.b32 %r0, [%d1]; setp.eq.u32 %p, %c, 0; @%p st.global.b32 [%d1], %t;", FaultKind.GlobalRace, "and nothing orders them")]
    public void Ctas_that_use_the_same_memory_race(string body, FaultKind kind, string detail)
    {
        foreach (var order in Enum.GetValues<ScheduleOrder>())
        {
            var fault = Assert.Throws<KernelFaultException>(() => Ptx.RunBody(Start + body, 32, 2, new() { Order = order }, [128]));
            Assert.Equal(kind, fault.Kind);
            Assert.Contains(detail, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Halves_of_a_word_may_be_written_by_different_ctas() => Ptx.RunBody(
        Start + "mad.wide.u32 %d2, %c, 2, %d1; cvt.u16.u32 %h, %t; st.global.b16 [%d2], %h;", 32, 2, null, [128]);

    [Fact]
    public void Use_of_freed_memory_is_a_fault()
    {
        using var machine = new Machine();
        var kernel = PtxModule.Parse(Ptx.Kernel(".param .u64 p0", Start + "st.global.b32 [%d1], %t;"))["k"];
        var address = machine.Memory.Allocate(128);
        machine.Launch(kernel, 1, 32, 0, [address]);
        machine.Memory.Free(address);

        var fault = Assert.Throws<KernelFaultException>(() => machine.Launch(kernel, 1, 32, 0, [address]));

        Assert.Equal(FaultKind.UseAfterFree, fault.Kind);
        Assert.Equal((0, 0), (machine.Memory.LiveAllocations, machine.Memory.LiveBytes));
        Assert.Throws<ArgumentException>(() => machine.Memory.Free(address));
    }

    [Fact]
    public void Constants_are_read_by_name_and_by_address()
    {
        using var machine = new Machine();
        var kernel = PtxModule.Parse(Ptx.Kernel(".param .u64 p0", Start + """
            mov.u64 %d2, table; mad.wide.u32 %d3, %t, 4, %d2; ld.const.s32 %r0, [%d3+4]; ld.const.u8 %r1, [flag]; add.u32 %r0, %r0, %r1;
            st.global.b32 [%d1], %r0;
            """, ".const .u8 flag = 200; .const .align 8 .s32 table[4] = {10, -20, 30};"))["k"];
        var address = machine.Memory.Allocate(12);

        machine.Launch(kernel, 1, 3, 0, [address]);

        Assert.Equal([180, 230, 200], machine.Memory.Read<int>(address, 3));
        Assert.Equal(FaultKind.OutOfBounds, Assert.Throws<KernelFaultException>(() => machine.Launch(kernel, 1, 4, 0, [machine.Memory.Allocate(16)])).Kind);
    }

    [Fact]
    public void Memory_without_a_value_is_not_read()
    {
        using var machine = new Machine();
        var kernel = PtxModule.Parse(Ptx.Kernel(".param .u64 p0", Start + "ld.global.b32 %r0, [%d1];"))["k"];
        var address = machine.Memory.Allocate(128);
        machine.Memory.Write<byte>(address, new byte[127]);

        var fault = Assert.Throws<KernelFaultException>(() => machine.Launch(kernel, 1, 32, 0, [address]));

        Assert.Equal(FaultKind.UninitializedMemory, fault.Kind);
        Assert.Contains("offset 124", fault.Message, StringComparison.Ordinal);
        Assert.Equal(FaultKind.UninitializedMemory, Assert.Throws<KernelFaultException>(() => machine.Memory.Read<byte>(address, 128)).Kind);
        Assert.Equal(127, machine.Memory.Read<byte>(address, 127).Length);
    }

    [Theory]
    [InlineData(1, 33, 0, "has more threads than .maxntid")]
    [InlineData(0, 32, 0, "grid (0, 1, 1) is out of range")]
    [InlineData(1, 32, 200_000, "bytes of shared memory")]
    public void Launch_that_does_not_fit_the_kernel_is_refused(int grid, int block, int shared, string problem)
    {
        using var machine = new Machine();
        var kernel = PtxModule.Parse(Ptx.Head + ".visible .entry k() .maxntid 32 { ret; }")["k"];

        var error = Assert.Throws<ArgumentException>(() => machine.Launch(kernel, grid, block, shared, []));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ld.global.b32 %r0, [%d1];", 4, 4, 1, 0)] // 128 bytes are 4 sectors
    [InlineData("mad.wide.u32 %d2, %t, 128, %d0; ld.global.b32 %r0, [%d2];", 32, 32, 0.125, 0)]
    [InlineData("ld.global.b32 %r0, [%d0]; ld.global.b32 %r0, [%d0];", 2, 1, 0.125, 0)]
    [InlineData("mad.wide.u32 %d2, %t, 16, %d0; ld.global.v4.b32 {%r0, %r1, %r2, %r3}, [%d2];", 16, 16, 1, 1)]
    public void Sectors_are_counted(string body, int requested, int distinct, double efficiency, double by16)
    {
        var counts = Ptx.RunBody(Start + body, 32, 1, null, [4096]);

        Assert.Equal((requested, distinct, 0, 0), (counts.RequestedLoadSectors, counts.DistinctLoadSectors, counts.RequestedStoreSectors, counts.DistinctStoreSectors));
        Assert.Equal((efficiency, by16), (counts.SectorEfficiency, counts.ShareBy16));
    }

    [Fact]
    public void A_sector_that_is_loaded_and_stored_is_touched_once()
    {
        // 128 bytes are loaded, stored and loaded again, and 128 others are stored.
        var counts = Ptx.RunBody(Start + "ld.global.b32 %r0, [%d1]; st.global.b32 [%d1], %r0; ld.global.b32 %r0, [%d1]; st.global.b32 [%d1+128], %r0;", 32, 1, null, [4096]);

        Assert.Equal((4, 8, 8), (counts.DistinctLoadSectors, counts.DistinctStoreSectors, counts.DistinctSectors));
    }

    [Theory]
    [InlineData("shl.b32 %r0, %t, 2; st.shared.b32 [%r0], %t;", 1, 0)]
    [InlineData("shl.b32 %r0, %t, 3; st.shared.b32 [%r0], %t;", 2, 1)]
    [InlineData("shl.b32 %r0, %t, 7; st.shared.b32 [%r0], %t;", 32, 31)]
    [InlineData("st.shared.b32 [s], 1; bar.warp.sync -1; ld.shared.b32 %r0, [s];", 2, 0)] // one word for all lanes
    [InlineData("shl.b32 %r0, %t, 4; st.shared.v4.b32 [%r0], {%t, %t, %t, %t};", 4, 0)]
    [InlineData("shl.b32 %r0, %t, 5; st.shared.v4.b32 [%r0], {%t, %t, %t, %t};", 8, 4)]
    public void Bank_conflicts_are_counted(string body, int cycles, int conflicts)
    {
        var counts = Ptx.RunBody(".shared .align 16 .b8 s[4096];" + Start + body, 32, 1, null, [128]);

        Assert.Equal((cycles, conflicts), (counts.SharedCycles, counts.BankConflictCycles));
        Assert.Equal(conflicts, counts.Instructions.Sum(instruction => instruction.BankConflictCycles));
    }

    [Fact]
    public void Instructions_and_floating_point_operations_are_counted()
    {
        var counts = Ptx.RunBody(
            Start + "setp.lt.u32 %p, %t, 8; mov.b32 %r0, 0f3F800000; @%p fma.rn.f32 %r1, %r0, %r0, %r0; add.f32 %r1, %r0, %r0;", 64, 3, null, [256]);

        Assert.Equal(2 * 3 * 9, counts.WarpInstructions);
        Assert.Equal(3 * ((8 * 2) + 64), counts.FloatingPointOperations);
    }
}
