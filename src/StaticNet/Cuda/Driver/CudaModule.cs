using System.Text;

namespace StaticNet.Cuda;

/// <summary>Kernels that the driver has compiled for the device.</summary>
internal sealed unsafe class CudaModule : IDisposable
{
    private const int LogBytes = 16 * 1024;
    private const int ErrorLogBuffer = 5;
    private const int ErrorLogBufferSize = 6;
    private const int MaximumDynamicShared = 8;
    private const int SharedWithoutAsking = 48 * 1024;

    private readonly CudaContext _context;
    private readonly string _name;
    private readonly Dictionary<string, nint> _functions = new(StringComparer.Ordinal);
    private readonly nint _handle;

    /// <summary>Compiles and loads: by <see cref="CudaContext.Load"/> alone.</summary>
    /// <exception cref="CudaException">The driver refuses the text; the message has its log.</exception>
    public CudaModule(CudaContext context, object key, string name, ReadOnlySpan<byte> ptx)
    {
        (_context, Key, _name) = (context, key, name);
        byte[] text = [.. ptx, 0];
        var log = new byte[LogBytes];
        fixed (byte* source = text, errors = log)
        {
            var options = stackalloc int[] { ErrorLogBuffer, ErrorLogBufferSize };
            var values = stackalloc void*[] { errors, (void*)LogBytes };
            nint handle;
            var result = context.Functions.ModuleLoadDataEx(&handle, source, 2, options, values);
            if (result != CudaResult.Success)
            {
                var failure = context.Driver.Failure(result, $"Loading the kernels of {name}");
                var said = Encoding.UTF8.GetString(log.AsSpan(0, Math.Max(0, log.AsSpan().IndexOf((byte)0)))).Trim();
                throw said.Length == 0 ? failure : new CudaException($"{failure.Message} The driver's compiler says: {said}") { Error = failure.Error };
            }

            _handle = handle;
        }
    }

    /// <summary>Equal for equal modules.</summary>
    public object Key { get; }

    /// <summary>How many use it; the context's to count.</summary>
    public int Uses { get; set; }

    /// <summary>A kernel, ready to be launched.</summary>
    /// <param name="kernel">Its name.</param>
    /// <param name="sharedBytes">The dynamic shared memory that it is launched with.</param>
    /// <exception cref="CudaException">There is none, or the device has not that much shared memory.</exception>
    public nint Function(string kernel, int sharedBytes = 0)
    {
        lock (_functions)
        {
            if (!_functions.TryGetValue(kernel, out var function))
            {
                fixed (byte* name = Encoding.UTF8.GetBytes(kernel + "\0"))
                {
                    Check(_context.Functions.ModuleGetFunction(&function, _handle, name), $"Finding kernel '{kernel}' of {_name}");
                }

                _functions.Add(kernel, function);
            }

            if (sharedBytes > SharedWithoutAsking)
            {
                Check(
                    _context.Functions.FuncSetAttribute(function, MaximumDynamicShared, sharedBytes),
                    $"Giving {sharedBytes} bytes of shared memory to kernel '{kernel}' of {_name}");
            }

            return function;
        }
    }

    /// <summary>Says that it is not needed any more.</summary>
    public void Dispose() => _context.Unload(this);

    /// <summary>Unloads it. An error here has been reported before.</summary>
    public void Release() => _context.Functions.ModuleUnload(_handle);

    private void Check(CudaResult result, string doing) => _context.Driver.Check(result, doing);
}
