using System.IO.MemoryMappedFiles;

namespace StaticNet;

/// <summary>
/// Reads tensors of real numbers from a safetensors file. The file is mapped: nothing of its data is copied but what is asked for. While it
/// is open others may read it and, where the system allows it, put another in its place, which changes nothing here.
/// </summary>
internal sealed unsafe class SafetensorsReader : IDisposable
{
    private readonly FileStream _stream;
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _view;
    private byte* _data;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="WeightFormatException">It is not as the format demands.</exception>
    public SafetensorsReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            Header = SafetensorsHeader.Read(_stream);
        }
        catch (WeightFormatException e)
        {
            _stream.Dispose();
            throw new WeightFormatException($"{path}: {e.Message}", e);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>What the file has.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Whether a tensor has elements that <see cref="Tensor"/> gives.</summary>
    public static bool IsReal(SafetensorsEntry entry) => entry.Type is "F32" or "F64" or "F16" or "BF16";

    /// <summary>The elements of a tensor where they lie: until the reader is disposed.</summary>
    /// <exception cref="WeightFormatException">They are no real numbers.</exception>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    public MappedTensor Tensor(SafetensorsEntry entry)
    {
        if (_view is null && entry.End > entry.Begin)
        {
            _file = MemoryMappedFile.CreateFromFile(_stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _file.CreateViewAccessor(0, Header.DataStart + Header.DataLength, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _data);
        }

        return new(_data + Header.DataStart + entry.Begin, entry);
    }

    public void Dispose()
    {
        if (_data is not null)
        {
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
        _file?.Dispose();
        _stream.Dispose();
    }
}
