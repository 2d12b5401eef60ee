using System.Runtime.InteropServices;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Driver;

/// <summary>
/// The CUDA driver without a device: entry points with the names, meanings and results of the real one, which run kernels on a
/// <see cref="Machine"/>. It counts what is alive, keeps what launches did, and has the first fault of a kernel as an exception.
/// </summary>
public sealed unsafe partial class VirtualDriver : IDisposable
{
    private readonly Lock gate = new();
    private readonly DriverOptions options;
    private readonly HandleTable handles = new();
    private readonly Dictionary<nint, long> hostAllocations = [];
    private readonly Dictionary<string, nint> texts = [];
    private readonly ThreadLocal<nint> current = new();
    private readonly Stream defaultStream = new(isBlocking: true);
    private readonly List<KernelCounts> launches = [];
    private Machine machine = new();
    private bool isInitialized;
    private nint primaryContext;
    private int primaryContextUses;
    private CudaResult stickyError;

    public VirtualDriver(DriverOptions? options = null) => this.options = options ?? DriverOptions.Default;

    /// <summary>What a kernel did that it must not, or null. All calls fail from then on, as they do with a real device.</summary>
    public KernelFaultException? Fault { get; private set; }

    /// <summary>What each launch did, in the order of execution.</summary>
    public IReadOnlyList<KernelCounts> Launches => launches;

    public LiveObjects Live
    {
        get
        {
            lock (gate)
            {
                return new(primaryContextUses, handles.Count<Module>(), machine.Memory.LiveAllocations, hostAllocations.Count,
                    handles.Count<Stream>(), handles.Count<Event>(), handles.Count<Graph>(), handles.Count<GraphExecutable>());
            }
        }
    }

    public void Dispose()
    {
        DestroyContext();
        current.Dispose();
        machine.Dispose();
        foreach (var text in texts.Values)
            Marshal.FreeHGlobal(text);
    }

    public CudaResult cuGetErrorName(CudaResult error, byte** text) => Text(error, CudaResults.Name(error), text);

    public CudaResult cuGetErrorString(CudaResult error, byte** text) => Text(error, CudaResults.Text(error), text);

    private CudaResult Text(CudaResult error, string value, byte** text)
    {
        lock (gate)
        {
            *text = null;
            if (!Enum.IsDefined(error))
                return CudaResult.InvalidValue;

            if (!texts.TryGetValue(value, out var native))
                texts[value] = native = Marshal.StringToHGlobalAnsi(value);

            *text = (byte*)native;
            return CudaResult.Success;
        }
    }

    /// <summary>A call that needs a context that works.</summary>
    private CudaResult Call(Func<CudaResult> body)
    {
        lock (gate)
        {
            if (!isInitialized)
                return CudaResult.NotInitialized;

            if (current.Value == 0 || current.Value != primaryContext)
                return CudaResult.InvalidContext;

            return stickyError != CudaResult.Success ? stickyError : body();
        }
    }

    /// <summary>A call that must not be made while a capture is under way, and makes it invalid.</summary>
    private CudaResult CallOutsideCapture(Func<CudaResult> body) => Call(() =>
    {
        var captures = handles.All<Stream>().Select(stream => stream.Capture).OfType<Capture>().Where(capture => !capture.IsRelaxed).ToList();
        captures.ForEach(capture => capture.IsInvalidated = true);
        return captures.Count > 0 ? CudaResult.StreamCaptureUnsupported : body();
    });

    /// <summary>Does a piece of work of a stream; a fault makes the context unusable, and the work after it is not done.</summary>
    private void Do(Action piece)
    {
        if (stickyError != CudaResult.Success)
            return;

        try
        {
            piece();
        }
        catch (ArgumentException error)
        {
            // A graph that was captured before its memory was freed.
            Fault = new(FaultKind.UseAfterFree, error.Message, "");
            stickyError = CudaResult.IllegalAddress;
        }
        catch (KernelFaultException fault)
        {
            Fault = fault;
            stickyError = fault.Kind switch
            {
                FaultKind.OutOfBounds or FaultKind.UseAfterFree => CudaResult.IllegalAddress,
                FaultKind.Misaligned => CudaResult.MisalignedAddress,
                FaultKind.IllegalInstruction => CudaResult.IllegalInstruction,
                FaultKind.NoProgress or FaultKind.Deadlock => CudaResult.LaunchTimeout,
                _ => CudaResult.LaunchFailed,
            };
        }
    }

    private void DestroyContext()
    {
        handles.Clear();
        foreach (var pointer in hostAllocations.Keys)
            NativeMemory.Free((void*)pointer);

        hostAllocations.Clear();
        machine.Dispose();
        machine = new();
        (primaryContext, primaryContextUses, stickyError) = (0, 0, CudaResult.Success);
    }
}
