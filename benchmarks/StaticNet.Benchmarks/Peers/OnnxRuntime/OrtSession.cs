using System.Runtime.InteropServices;
using StaticNet.Benchmarks.Probes;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

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
    private readonly nint _inputName;
    private readonly nint _outputName;
    private readonly nint _input;
    private readonly nint _output;

    /// <param name="library">The loaded library.</param>
    /// <param name="model">What is run.</param>
    /// <param name="threads">Threads within one operator.</param>
    /// <param name="input">Stays bound to the model's input.</param>
    /// <param name="output">Stays bound to the model's output.</param>
    public OrtSession(OrtLibrary library, OnnxModel model, int threads, AlignedBuffer input, AlignedBuffer output)
    {
        _library = library;
        _run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)library[9];
        _session = Create(model.File, threads);
        _inputName = Marshal.StringToCoTaskMemUTF8(model.Input.Name);
        _outputName = Marshal.StringToCoTaskMemUTF8(model.Output.Name);
        nint memoryInfo;
        library.Check(((delegate* unmanaged<int, int, nint*, nint>)library[69])(0, 0, &memoryInfo));
        _input = Bind(memoryInfo, input, model.Input.Shape);
        _output = Bind(memoryInfo, output, model.Output.Shape);
        ((delegate* unmanaged<nint, void>)library[94])(memoryInfo);
    }

    public void Run()
    {
        byte* inputName = (byte*)_inputName, outputName = (byte*)_outputName;
        nint input = _input, output = _output;
        _library.Check(_run(_session, 0, &inputName, &input, 1, &outputName, 1, &output));
    }

    public void Dispose()
    {
        var releaseValue = (delegate* unmanaged<nint, void>)_library[96];
        releaseValue(_input);
        releaseValue(_output);
        ((delegate* unmanaged<nint, void>)_library[95])(_session);
        Marshal.FreeCoTaskMem(_inputName);
        Marshal.FreeCoTaskMem(_outputName);
    }

    private nint Create(byte[] model, int threads)
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

    private nint Bind(nint memoryInfo, AlignedBuffer buffer, int[] shape)
    {
        nint value;
        long[] dimensions = [.. shape];
        var bytes = (nuint)buffer.Length * sizeof(float);
        var createTensor = (delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)_library[49];
        fixed (long* first = dimensions)
        {
            _library.Check(createTensor(memoryInfo, buffer.Address, bytes, first, (nuint)dimensions.Length, FloatElements, &value));
        }

        return value;
    }
}
