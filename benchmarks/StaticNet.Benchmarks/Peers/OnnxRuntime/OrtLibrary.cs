using System.Runtime.InteropServices;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>
/// ONNX Runtime's C library. <c>OrtGetApiBase()</c> leads to a table of function pointers whose order never changes
/// (onnxruntime_c_api.h); every function used here returns a status, null when it succeeded.
/// </summary>
internal sealed unsafe class OrtLibrary
{
    private const uint ApiVersion = 17;

    private readonly nint* _functions;

    private OrtLibrary(nint library)
    {
        var getApiBase = (delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        var apiBase = getApiBase();
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)apiBase[1])()) ?? "";
        _functions = ((delegate* unmanaged<uint, nint*>)apiBase[0])(ApiVersion);
        nint environment;
        fixed (byte* name = "StaticNet"u8)
        {
            const int warnings = 2;
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)this[3])(warnings, name, &environment));
        }

        Environment = environment;
    }

    public string Version { get; }

    /// <summary>The process's <c>OrtEnv</c>, which lives as long as the process.</summary>
    public nint Environment { get; }

    /// <summary>The function at a position of <c>OrtApi</c>.</summary>
    public nint this[int slot] => _functions[slot];

    /// <returns>Null when the library is not there.</returns>
    public static OrtLibrary? TryLoad(string path) => NativeLibrary.TryLoad(path, out var library) ? new(library) : null;

    public void Check(nint status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)this[2])(status));
        ((delegate* unmanaged<nint, void>)this[93])(status);
        throw new InvalidOperationException($"ONNX Runtime: {message}");
    }
}
