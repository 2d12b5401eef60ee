using System.Globalization;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Gathers what training needs to go on: a safetensors file of the parameters and of all that is kept for each of them, with numbers as
/// its metadata.
/// </summary>
internal sealed class CheckpointWriter(NetworkInfo info)
{
    /// <summary>The key that tells a checkpoint, with the version of what it holds.</summary>
    public const string Key = "staticnet.checkpoint";

    /// <summary>The version that this library writes and reads.</summary>
    public const string Version = "2";

    private readonly List<StoredTensor> _tensors = [];
    private readonly Dictionary<string, string> _metadata = new() { ["format"] = "pt", [Key] = Version };

    /// <summary>Adds a text.</summary>
    public void Set(string key, string value) => _metadata[key] = value;

    /// <summary>Adds a whole number.</summary>
    public void Set(string key, long value) => Set(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a number, to the last bit.</summary>
    public void Set(string key, double value) => Set(key, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds an arena of one value for each parameter, or each that is trained.</summary>
    public void Add(string prefix, nint arena, bool trainedOnly = false) =>
        _tensors.AddRange(StoredTensor.Of(info, arena, prefix, trainedOnly));

    /// <summary>Writes the file; on a failure, one that was there is still there.</summary>
    public void Save(string path) => SafetensorsWriter.Save(path, _tensors, _metadata);
}
