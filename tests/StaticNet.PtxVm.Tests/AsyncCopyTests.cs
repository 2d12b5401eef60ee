using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

public class AsyncCopyTests
{
    private const string Start = """
        .reg .pred %p; .reg .b32 %t, %to, %r<8>; .reg .b64 %d<4>; .shared .align 16 .b8 s[1024];
        mov.u32 %t, %tid.x; ld.param.u64 %d0, [p0]; mad.wide.u32 %d1, %t, 16, %d0; shl.b32 %to, %t, 4;
        """;

    private const string Load = "ld.shared.v4.b32 {%r0, %r1, %r2, %r3}, [%to];";
    private const string Store = " st.global.v4.b32 [%d1], {%r0, %r1, %r2, %r3};";

    [Theory]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16; cp.async.commit_group; cp.async.wait_group 0;" + Load + Store, 4)]
    [InlineData("cp.async.ca.shared.global [%to], [%d1], 16; cp.async.wait_all;" + Load + Store, 4)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16, 8; cp.async.wait_all;" + Load + Store, 2)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16, 0; cp.async.wait_all;" + Load + Store, 0)]
    [InlineData("mov.u32 %r0, 12; cp.async.cg.shared.global [%to], [%d1], 16, %r0; cp.async.wait_all;" + Load + Store, 3)]
    public void Copy_brings_what_the_source_has_and_zeros(string body, int words)
    {
        foreach (var moment in Enum.GetValues<AsyncCopyMoment>())
        {
            using var machine = new Machine();
            var data = Enumerable.Range(1, 128).Select(value => (uint)value).ToArray();
            var memory = machine.Memory.Allocate<uint>(data);

            machine.Launch(PtxModule.Parse(Ptx.Kernel(".param .u64 p0", Start + body))["k"], 1, 32, 0, [memory], new() { AsyncCopies = moment });

            Assert.Equal(data.Select((value, index) => index % 4 < words ? value : 0), machine.Memory.Read<uint>(memory, 128));
        }
    }

    [Theory]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16;" + Load, FaultKind.AsyncCopyPending)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16; cp.async.commit_group; cp.async.wait_group 1;" + Load, FaultKind.AsyncCopyPending)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16; cp.async.wait_group 0;" + Load, FaultKind.AsyncCopyPending)] // never committed
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16; st.shared.b32 [%to], %t;", FaultKind.AsyncCopyPending)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1+8], 16;", FaultKind.Misaligned)]
    [InlineData("cp.async.cg.shared.global [%to+8], [%d1], 16;", FaultKind.Misaligned)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1+16], 16;", FaultKind.OutOfBounds)]
    [InlineData("cp.async.cg.shared.global [%to+512], [%d1], 16; cp.async.cg.shared.global [%to+528], [%d1], 16;", FaultKind.AsyncCopyPending)]
    [InlineData("cp.async.cg.shared.global [%to], [%d1], 16, 20;", FaultKind.IllegalInstruction)]
    public void Faulty_copy_is_found_at_either_moment(string body, FaultKind kind)
    {
        foreach (var moment in Enum.GetValues<AsyncCopyMoment>())
        {
            var fault = Assert.Throws<KernelFaultException>(() => Ptx.RunBody(Start + body, 32, 1, new() { AsyncCopies = moment }, [512]));
            Assert.Equal(kind, fault.Kind);
        }
    }

    [Theory]
    [InlineData("cp.async.wait_all;", "", FaultKind.UninitializedMemory)] // the other warp has not begun to copy
    [InlineData("", "bar.sync 0;", FaultKind.AsyncCopyPending)]
    [InlineData("cp.async.wait_all;", "bar.sync 0;", null)]
    public void Copy_is_visible_to_other_warps_after_a_wait_and_a_barrier(string wait, string barrier, FaultKind? expected)
    {
        foreach (var moment in Enum.GetValues<AsyncCopyMoment>())
        {
            var body = $"cp.async.cg.shared.global [%to], [%d1], 16; cp.async.commit_group; {wait} {barrier} xor.b32 %to, %to, 512; {Load}";
            var fault = Record.Exception(() => Ptx.RunBody(Start + body, 64, 1, new() { AsyncCopies = moment, Order = ScheduleOrder.Reverse }, [1024]));
            Assert.Equal(expected, (fault as KernelFaultException)?.Kind);
        }
    }
}
