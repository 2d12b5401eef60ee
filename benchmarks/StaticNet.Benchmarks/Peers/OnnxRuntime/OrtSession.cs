using System.Runtime.InteropServices;
using StaticNet.Benchmarks.Probes;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>A tensor of a model's, in memory that is not copied.</summary>
internal sealed record OrtTensor(string Name, int[] Shape, AlignedBuffer Values);

/// <summary>
/// One model, ready to run on tensors bound once: the least that a caller of ONNX Runtime can pay. All graph optimisations
/// are on.
/// </summary>
internal sealed unsafe class OrtSession : IDisposable
{
    private const int AllOptimizations = 99;
    private const int FloatElements = 1;

    private readonly OrtLibrary _library;
    private readonly delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> _run;
    private readonly nint _session;
    private readonly nint[] _inputNames;
    private readonly nint[] _inputs;
    private readonly nint _outputName;
    private readonly nint _output;

    /// <param name="library">The loaded library.</param>
    /// <param name="model">The model's file.</param>
    /// <param name="threads">Threads within one operator.</param>
    /// <param name="inputs">Stay bound to the model's inputs.</param>
    /// <param name="output">Stays bound to the model's output.</param>
    public OrtSession(OrtLibrary library, ReadOnlySpan<byte> model, int threads, OrtTensor[] inputs, OrtTensor output)
    {
        _library = library;
        _run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)library[9];
        _session = Create(model, threads);
        _inputNames = Array.ConvertAll(inputs, input => Marshal.StringToCoTaskMemUTF8(input.Name));
        _outputName = Marshal.StringToCoTaskMemUTF8(output.Name);
        var memoryInfo = CreateMemoryInfo();
        _inputs = Array.ConvertAll(inputs, input => Bind(memoryInfo, input));
        _output = Bind(memoryInfo, output);
        ((delegate* unmanaged<nint, void>)library[94])(memoryInfo);
    }

    public void Run()
    {
        var outputName = (byte*)_outputName;
        var output = _output;
        fixed (nint* inputNames = _inputNames, inputs = _inputs)
        {
            _library.Check(_run(_session, 0, (byte**)inputNames, inputs, (nuint)_inputs.Length, &outputName, 1, &output));
        }
    }

    public void Dispose()
    {
        var releaseValue = (delegate* unmanaged<nint, void>)_library[96];
        foreach (var value in (ReadOnlySpan<nint>)[.. _inputs, _output])
        {
            releaseValue(value);
        }

        ((delegate* unmanaged<nint, void>)_library[95])(_session);
        foreach (var name in (ReadOnlySpan<nint>)[.. _inputNames, _outputName])
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private nint Create(ReadOnlySpan<byte> model, int threads)
    {
        nint options, session;
        _library.Check(((delegate* unmanaged<nint*, nint>)_library[10])(&options));
        _library.Check(((delegate* unmanaged<nint, int, nint>)_library[23])(options, AllOptimizations));
        _library.Check(((delegate* unmanaged<nint, int, nint>)_library[24])(options, threads));
        _library.Check(((delegate* unmanaged<nint, int, nint>)_library[25])(options, 1));
        fixed (byte* bytes = model)
        {
            var createFromArray = (delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)_library[8];
            _library.Check(createFromArray(_library.Environment, bytes, (nuint)model.Length, options, &session));
        }

        ((delegate* unmanaged<nint, void>)_library[100])(options);
        return session;
    }

    private nint CreateMemoryInfo()
    {
        nint memoryInfo;
        _library.Check(((delegate* unmanaged<int, int, nint*, nint>)_library[69])(0, 0, &memoryInfo));
        return memoryInfo;
    }

    private nint Bind(nint memoryInfo, OrtTensor tensor)
    {
        nint value;
        long[] dimensions = [.. tensor.Shape];
        var bytes = (nuint)tensor.Values.Length * sizeof(float);
        var createTensor = (delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)_library[49];
        fixed (long* first = dimensions)
        {
            _library.Check(createTensor(memoryInfo, tensor.Values.Address, bytes, first, (nuint)dimensions.Length, FloatElements, &value));
        }

        return value;
    }
}
