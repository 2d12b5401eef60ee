using System.Globalization;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Reads what <see cref="CheckpointWriter"/> has written.</summary>
internal sealed class CheckpointReader : IDisposable
{
    private readonly string _path;
    private readonly NetworkInfo _info;
    private readonly SafetensorsReader _reader;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    /// <summary>Opens a checkpoint of a network.</summary>
    /// <exception cref="WeightFormatException">The file is damaged, no checkpoint, or of another network.</exception>
    public CheckpointReader(string path, NetworkInfo info)
    {
        (_path, _info, _reader) = (path, info, new SafetensorsReader(path));
        _entries = _reader.Header.Entries.ToDictionary(entry => entry.Name);
        try
        {
            RequireSame(CheckpointWriter.Key, CheckpointWriter.Version);
            Require("");
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>Floats in an arena of one value for each parameter.</summary>
    public long ParameterFloats => _info.ParameterFloats;

    /// <summary>A text.</summary>
    public string Text(string key) => _reader.Header.Metadata.TryGetValue(key, out var value)
        ? value
        : throw new WeightFormatException($"{_path} is no checkpoint of training: it has no '{key}'.");

    /// <summary>A whole number from 0 on.</summary>
    public long Integer(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw NotANumber(key);

    /// <summary>A number.</summary>
    public double Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw NotANumber(key);

    /// <summary>Checks that training was set up as it is now.</summary>
    /// <exception cref="WeightFormatException">It was not.</exception>
    public void RequireSame(string key, string expected)
    {
        if (Text(key) != expected)
        {
            throw new WeightFormatException($"{_path} cannot be resumed: its '{key}' is {Text(key)}, here it is {expected}.");
        }
    }

    /// <summary>Checks that there is a value for each parameter, or each that is trained.</summary>
    /// <exception cref="WeightFormatException">There is not.</exception>
    public void Require(string prefix, bool trainedOnly = false)
    {
        foreach (var parameter in _info.Parameters.Where(parameter => !(trainedOnly && parameter.IsState)))
        {
            var name = prefix + parameter.Name;
            if (!_entries.TryGetValue(name, out var entry) || entry.Type != "F32"
                || !entry.Shape.SequenceEqual(parameter.Shape.Select(extent => (long)extent)))
            {
                throw new WeightFormatException(
                    $"{_path} is no checkpoint of this {_info.Name}: it has no '{name}' of F32 [{string.Join(", ", parameter.Shape)}].");
            }
        }
    }

    /// <summary>Reads the values for all parameters, or those that are trained, into an arena.</summary>
    public void Read(string prefix, nint arena, bool trainedOnly = false)
    {
        foreach (var tensor in StoredTensor.Of(_info, arena, prefix, trainedOnly))
        {
            tensor.CopyFrom(_reader.Tensor(_entries[tensor.Name]), WeightLayout.PyTorch);
        }
    }

    public void Dispose() => _reader.Dispose();

    private WeightFormatException NotANumber(string key) => new($"{_path} is damaged: its '{key}' is {Text(key)}.");
}
