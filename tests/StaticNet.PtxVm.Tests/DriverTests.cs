using System.Runtime.InteropServices;
using System.Text;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Driver;

namespace StaticNet.PtxVm.Tests;

public sealed unsafe class DriverTests : IDisposable
{
    private const int Words = 64;

    /// <summary>Adds a number to each word.</summary>
    private static readonly string AddText = Ptx.Kernel(".param .u64 p, .param .u32 value", """
        .reg .b32 %t, %x, %value; .reg .b64 %d;
        mov.u32 %t, %tid.x; ld.param.u64 %d, [p]; ld.param.u32 %value, [value];
        mad.wide.u32 %d, %t, 4, %d; ld.global.b32 %x, [%d]; add.u32 %x, %x, %value; st.global.b32 [%d], %x;
        """);

    private VirtualDriver driver = Ready(new());

    public void Dispose() => driver.Dispose();

    [Fact]
    public void Work_is_done_in_order_and_nothing_is_left()
    {
        var (module, function) = Load();
        var (memory, copy) = (Allocate(), Allocate());
        var host = Host();
        var stream = Stream();

        Ok(driver.cuMemsetD32Async(memory, 5, Words, stream));
        Launch(function, memory, 7, stream);
        Ok(driver.cuMemcpyDtoDAsync(copy, memory, 4 * Words, stream));
        Launch(function, memory, 100, stream);
        Ok(driver.cuMemcpyDtoHAsync(host, copy, 4 * Words, stream));
        Ok(driver.cuStreamSynchronize(stream));

        Assert.Equal(Enumerable.Repeat(12u, Words), new Span<uint>(host, Words).ToArray());
        Assert.Equal(2, driver.Launches.Count);
        Assert.Equal(new LiveObjects(1, 1, 2, 1, 1, 0, 0, 0), driver.Live);

        Ok(driver.cuMemFree(memory));
        Ok(driver.cuMemFree(copy));
        Ok(driver.cuMemFreeHost(host));
        Ok(driver.cuStreamDestroy(stream));
        Ok(driver.cuModuleUnload(module));
        Ok(driver.cuDevicePrimaryCtxRelease(0));
        Assert.True(driver.Live.IsEmpty);
    }

    [Fact]
    public void Ten_thousand_lives_leave_nothing_behind()
    {
        for (var life = 0; life < 10_000; life++)
        {
            var (memory, stream) = (Allocate(), Stream());
            nint point;
            Ok(driver.cuEventCreate(&point, 0));
            Ok(driver.cuMemsetD32Async(memory, 5, Words, stream));
            Ok(driver.cuEventRecord(point, stream));
            Ok(driver.cuEventDestroy(point));
            Ok(driver.cuStreamDestroy(stream));
            Ok(driver.cuMemFree(memory));
        }

        Assert.Equal(new LiveObjects(1, 0, 0, 0, 0, 0, 0, 0), driver.Live);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_not_waited_for_may_not_be_there_yet(bool atOnce)
    {
        Restart(new() { RunsStreamsAtOnce = atOnce });
        var (memory, stream) = (Allocate(), Stream());
        var host = Host();
        new Span<uint>(host, Words).Clear();

        Ok(driver.cuMemsetD32Async(memory, 5, Words, stream));
        Ok(driver.cuMemcpyDtoHAsync(host, memory, 4 * Words, stream));

        Assert.Equal(atOnce ? 5u : 0u, *(uint*)host);
        Ok(driver.cuStreamSynchronize(stream));
        Assert.Equal(5u, *(uint*)host);
        var pageable = stackalloc uint[Words];
        Ok(driver.cuMemcpyDtoHAsync(pageable, memory, 4 * Words, stream)); // comes at once, as the host cannot know when
        Assert.Equal(5u, pageable[0]);
    }

    [Fact]
    public void Pinned_memory_is_read_when_the_stream_comes_to_it_and_other_memory_at_once()
    {
        var (memory, stream) = (Allocate(), Stream());
        var host = Host();
        uint* result = stackalloc uint[Words], pageable = stackalloc uint[Words];
        foreach (var pinned in (bool[])[true, false])
        {
            var from = pinned ? (uint*)host : pageable;
            new Span<uint>(from, Words).Fill(1);
            Ok(driver.cuMemcpyHtoDAsync(memory, from, 4 * Words, stream));
            from[0] = 2; // too early, unless the copy was staged
            Ok(driver.cuMemcpyDtoHAsync(result, memory, 4 * Words, stream));
            Assert.Equal(pinned ? 2u : 1u, result[0]);
        }
    }

    [Fact]
    public void Streams_wait_for_events_of_others()
    {
        var (_, function) = Load();
        var (memory, first, second) = (Allocate(), Stream(), Stream());
        nint point;
        Ok(driver.cuEventCreate(&point, 2));

        Ok(driver.cuMemsetD32Async(memory, 5, Words, first));
        Ok(driver.cuEventRecord(point, first));
        Assert.Equal(CudaResult.NotReady, driver.cuEventQuery(point));
        Ok(driver.cuStreamWaitEvent(second, point, 0));
        Launch(function, memory, 7, second);
        Ok(driver.cuStreamSynchronize(second)); // brings the first stream along

        Ok(driver.cuEventQuery(point));
        Assert.Equal(12u, Read(memory));
        Ok(driver.cuEventDestroy(point));
        Assert.Equal(0, driver.Live.Events);
    }

    [Fact]
    public void A_graph_does_what_was_captured_as_often_as_it_is_launched()
    {
        var (_, function) = Load();
        var (memory, stream, other) = (Allocate(), Stream(), Stream());
        var host = Host();
        nint fork, join, graph, executable;
        Ok(driver.cuEventCreate(&fork, 0));
        Ok(driver.cuEventCreate(&join, 0));

        Ok(driver.cuStreamBeginCapture(stream, 1));
        Ok(driver.cuMemcpyHtoDAsync(memory, host, 4 * Words, stream));
        Ok(driver.cuEventRecord(fork, stream));
        Ok(driver.cuStreamWaitEvent(other, fork, 0));
        Launch(function, memory, 7, other);
        Ok(driver.cuEventRecord(join, other));
        Ok(driver.cuStreamWaitEvent(stream, join, 0));
        Launch(function, memory, 100, stream);
        Ok(driver.cuStreamEndCapture(stream, &graph));
        Ok(driver.cuGraphInstantiate(&executable, graph, 0));
        Ok(driver.cuGraphDestroy(graph));
        Assert.Empty(driver.Launches);

        for (var start = 1u; start < 4; start++)
        {
            new Span<uint>(host, Words).Fill(start);
            Ok(driver.cuGraphLaunch(executable, stream));
            Ok(driver.cuStreamSynchronize(stream));
            Assert.Equal(start + 107, Read(memory));
        }

        Assert.Equal(6, driver.Launches.Count);
        Assert.Equal((0, 1), (driver.Live.Graphs, driver.Live.GraphExecutables));
        Assert.Equal(CudaResult.CapturedEvent, driver.cuEventSynchronize(fork));
        Ok(driver.cuGraphExecDestroy(executable));
        Assert.Equal(0, driver.Live.GraphExecutables);
    }

    [Fact]
    public void Captures_refuse_what_the_driver_refuses()
    {
        var (memory, stream, other) = (Allocate(), Stream(), Stream());
        nint point, graph;
        ulong address;
        Ok(driver.cuEventCreate(&point, 0));
        Assert.Equal(CudaResult.IllegalState, driver.cuStreamEndCapture(stream, &graph));
        Assert.Equal(CudaResult.StreamCaptureUnsupported, driver.cuStreamBeginCapture(0, 1));

        Ok(driver.cuStreamBeginCapture(stream, 1));
        Assert.Equal(CudaResult.IllegalState, driver.cuStreamBeginCapture(stream, 1));
        Assert.Equal(CudaResult.StreamCaptureUnsupported, driver.cuStreamSynchronize(stream));
        Assert.Equal(CudaResult.StreamCaptureInvalidated, driver.cuMemsetD32Async(memory, 5, Words, stream));
        Assert.Equal(CudaResult.StreamCaptureInvalidated, driver.cuStreamEndCapture(stream, &graph));

        Ok(driver.cuStreamBeginCapture(stream, 1));
        Assert.Equal(CudaResult.StreamCaptureUnsupported, driver.cuMemAlloc(&address, 4));
        Assert.Equal(CudaResult.StreamCaptureInvalidated, driver.cuStreamEndCapture(stream, &graph));

        Ok(driver.cuStreamBeginCapture(stream, 1));
        Ok(driver.cuEventRecord(point, stream));
        Ok(driver.cuStreamWaitEvent(other, point, 0));
        Assert.Equal(CudaResult.StreamCaptureUnmatched, driver.cuStreamEndCapture(other, &graph));
        Ok(driver.cuMemsetD32Async(memory, 5, Words, other));
        Assert.Equal(CudaResult.StreamCaptureUnjoined, driver.cuStreamEndCapture(stream, &graph));

        Ok(driver.cuEventRecord(point, other));
        Ok(driver.cuStreamBeginCapture(stream, 1));
        Assert.Equal(CudaResult.StreamCaptureIsolation, driver.cuStreamWaitEvent(stream, point, 0));
        Assert.Equal(0, driver.Live.Graphs);
    }

    [Fact]
    public void A_fault_of_a_kernel_makes_all_later_calls_fail_until_the_context_is_gone()
    {
        var (_, function) = Load();
        var (memory, stream) = (Allocate(4 * Words - 4), Stream());
        Ok(driver.cuMemsetD32Async(memory, 5, Words - 1, stream));
        Launch(function, memory, 7, stream); // returns before the kernel runs
        ulong address;

        Assert.Equal(CudaResult.IllegalAddress, driver.cuStreamSynchronize(stream));
        Assert.Equal(CudaResult.IllegalAddress, driver.cuMemAlloc(&address, 4));
        Assert.Equal(FaultKind.OutOfBounds, driver.Fault!.Kind);

        Ok(driver.cuDevicePrimaryCtxRelease(0));
        MakeCurrent(driver);
        Ok(driver.cuMemAlloc(&address, 4));
    }

    [Fact]
    public void Errors_are_those_of_the_driver()
    {
        nint handle;
        ulong address;
        int value;
        using (var fresh = new VirtualDriver())
        {
            Assert.Equal(CudaResult.NotInitialized, fresh.cuDeviceGetCount(&value));
            Assert.Equal(CudaResult.NotInitialized, fresh.cuMemAlloc(&address, 4));
            Ok(fresh.cuDriverGetVersion(&value));
            Ok(fresh.cuInit(0));
            Assert.Equal(CudaResult.InvalidContext, fresh.cuMemAlloc(&address, 4));
            Assert.Equal(CudaResult.InvalidDevice, fresh.cuDeviceGet(&value, 1));
        }

        using (var none = new VirtualDriver(new() { Devices = 0 }))
            Assert.Equal(CudaResult.NoDevice, none.cuInit(0));

        Assert.Equal(CudaResult.InvalidValue, driver.cuMemAlloc(&address, 0));
        Assert.Equal(CudaResult.OutOfMemory, driver.cuMemAlloc(&address, (nuint)2 << 30));
        Assert.Equal(CudaResult.InvalidValue, driver.cuMemFree(1234));
        Assert.Equal(CudaResult.InvalidHandle, driver.cuStreamSynchronize(1234));
        Assert.Equal(CudaResult.InvalidHandle, driver.cuModuleUnload(1234));
        Assert.Equal(CudaResult.InvalidValue, driver.cuMemsetD32Async(1234, 0, 1, 0));
        var (module, function) = Load();
        fixed (byte* name = "nothing\0"u8)
            Assert.Equal(CudaResult.NotFound, driver.cuModuleGetFunction(&handle, module, name));

        Assert.Equal(CudaResult.InvalidHandle, driver.cuLaunchKernel(module, 1, 1, 1, 32, 1, 1, 0, 0, null, null));
        Assert.Equal(CudaResult.InvalidValue, driver.cuLaunchKernel(function, 1, 1, 1, 32, 1, 1, 0, 0, null, null));
        var arguments = stackalloc void*[2];
        var number = 0L;
        arguments[0] = arguments[1] = &number;
        Assert.Equal(CudaResult.InvalidValue, driver.cuLaunchKernel(function, 1, 1, 1, 2048, 1, 1, 0, 0, arguments, null));
        Assert.Equal(CudaResult.InvalidValue, driver.cuLaunchKernel(function, 1, 1, 1, 32, 1, 1, 64 * 1024, 0, arguments, null));
        Assert.Equal(CudaResult.InvalidValue, driver.cuFuncSetAttribute(function, 8, 200 * 1024));
        Ok(driver.cuFuncSetAttribute(function, 8, 64 * 1024));
        Assert.Equal(CudaResult.InvalidValue, driver.cuDeviceGetAttribute(&value, 9999, 0));
        Ok(driver.cuDeviceGetAttribute(&value, 75, 0));
        Assert.Equal(8, value);
    }

    [Fact]
    public void A_module_that_is_wrong_is_refused_with_a_log()
    {
        nint module;
        var log = stackalloc byte[100];
        var names = stackalloc int[] { 5, 6 };
        var values = stackalloc void*[] { log, (void*)100 };
        fixed (byte* text = Encoding.UTF8.GetBytes(Ptx.Kernel("", "add.f16 %h0, %h0, %h0;") + "\0"))
            Assert.Equal(CudaResult.InvalidPtx, driver.cuModuleLoadDataEx(&module, text, 2, names, values));

        Assert.Contains("line 7: register '%h0' is not declared", Marshal.PtrToStringUTF8((nint)log), StringComparison.Ordinal);
        Assert.Equal(0, driver.Live.Modules);
        fixed (byte* text = ".version 9.9\0"u8)
            Assert.Equal(CudaResult.UnsupportedPtxVersion, driver.cuModuleLoadDataEx(&module, text, 0, null, null));
    }

    [Theory]
    [InlineData(CudaResult.Success, "CUDA_SUCCESS", "no error")]
    [InlineData(CudaResult.IllegalAddress, "CUDA_ERROR_ILLEGAL_ADDRESS", "illegal address")]
    [InlineData(CudaResult.StreamCaptureUnjoined, "CUDA_ERROR_STREAM_CAPTURE_UNJOINED", "stream capture unjoined")]
    public void Results_have_names_and_texts(CudaResult result, string name, string description)
    {
        byte* text;
        Ok(driver.cuGetErrorName(result, &text));
        Assert.Equal(name, Marshal.PtrToStringUTF8((nint)text));
        Ok(driver.cuGetErrorString(result, &text));
        Assert.Equal(description, Marshal.PtrToStringUTF8((nint)text));
        Assert.Equal(CudaResult.InvalidValue, driver.cuGetErrorName((CudaResult)12345, &text));
    }

    private static VirtualDriver Ready(VirtualDriver made)
    {
        Ok(made.cuInit(0));
        MakeCurrent(made);
        return made;
    }

    private static void MakeCurrent(VirtualDriver made)
    {
        nint context;
        Ok(made.cuDevicePrimaryCtxRetain(&context, 0));
        Ok(made.cuCtxSetCurrent(context));
    }

    private static void Ok(CudaResult result) => Assert.Equal(CudaResult.Success, result);

    private void Restart(DriverOptions options)
    {
        driver.Dispose();
        driver = Ready(new(options));
    }

    private (nint Module, nint Function) Load()
    {
        nint module, function;
        fixed (byte* text = Encoding.UTF8.GetBytes(AddText + "\0"))
            Ok(driver.cuModuleLoadDataEx(&module, text, 0, null, null));

        fixed (byte* name = "k\0"u8)
            Ok(driver.cuModuleGetFunction(&function, module, name));

        return (module, function);
    }

    private ulong Allocate(int bytes = 4 * Words)
    {
        ulong address;
        Ok(driver.cuMemAlloc(&address, (nuint)bytes));
        return address;
    }

    private void* Host()
    {
        void* address;
        Ok(driver.cuMemHostAlloc(&address, 4 * Words, 0));
        return address;
    }

    private nint Stream()
    {
        nint stream;
        Ok(driver.cuStreamCreate(&stream, 1));
        return stream;
    }

    private void Launch(nint function, ulong memory, uint value, nint stream)
    {
        var arguments = stackalloc void*[] { &memory, &value };
        Ok(driver.cuLaunchKernel(function, 1, 1, 1, Words, 1, 1, 0, stream, arguments, null));
    }

    private uint Read(ulong memory)
    {
        uint value;
        Ok(driver.cuMemcpyDtoHAsync(&value, memory, 4, 0));
        return value;
    }
}
