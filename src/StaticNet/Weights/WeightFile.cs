using System.ComponentModel;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Saves and loads the parameters of a network as safetensors files.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightFile
{
    /// <summary>Writes all parameters in PyTorch's shapes and orders; on a failure, a file that was there is still there.</summary>
    /// <param name="network">Has the parameters.</param>
    /// <param name="path">Where the file goes.</param>
    /// <param name="names">From the network's names to those in the file; null for the network's own.</param>
    /// <exception cref="ArgumentException">Two parameters would have one name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(NetworkCore network, string path, Func<string, string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var use = network.Shared();
        StoredTensor[] tensors =
        [
            .. StoredTensor.Of(network.Info, network.ParameterAddress).Select(tensor => names is null ? tensor : tensor with { Name = names(tensor.Name) }),
        ];
        if (tensors.Select(tensor => tensor.Name).Append("__metadata__").GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"'{twice.Key}' is the name of more than one tensor.", nameof(names));
        }

        SafetensorsWriter.Save(path, tensors, Metadata(tensors));
    }

    /// <summary>
    /// What others go by, and for whoever freezes the file without knowing the network (<c>StaticNet.Tasks</c>) the layouts of those tensors
    /// whose shape does not tell it.
    /// </summary>
    private static Dictionary<string, string> Metadata(StoredTensor[] tensors)
    {
        var metadata = new Dictionary<string, string>() { ["format"] = "pt" };
        foreach (var tensor in tensors)
        {
            var layout = tensor.Layout.ToString();
            if (layout != ParameterLayout.Of(tensor.Shape).ToString())
            {
                metadata[$"layout:{tensor.Name}"] = layout;
            }
        }

        return metadata;
    }

    /// <summary>
    /// Reads parameters: F32, F64, F16 or BF16. Without <paramref name="names"/>, a file that has the network's names is read by them, behind any
    /// prefix that all share. In any other, layers with the same tensors of the same shapes are taken in the order of the numbers in their names
    /// (<c>features.0</c>, <c>features.3</c>; <c>conv1</c>, <c>conv2</c>; <c>dense</c>, <c>dense_1</c>), the network's as declared. Layers below
    /// <c>downsample</c> or <c>shortcut</c> are those of residuals' shortcuts. Names that leave two readings are reported and not read.
    /// </summary>
    /// <param name="network">Gets the parameters; unchanged when anything is wrong.</param>
    /// <param name="path">A safetensors file.</param>
    /// <param name="strict">Whether file and network must have exactly the same parameters; otherwise what fits is loaded.</param>
    /// <param name="layout">How the file has tensors; null for what its metadata says: <c>format</c> is <c>keras</c> or <c>tf</c>, or else PyTorch's.</param>
    /// <param name="names">From the network's names of parameters to those in the file.</param>
    /// <exception cref="WeightFormatException">The file is damaged, or strict loading found differences.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoadReport Load(
        NetworkCore network, string path, bool strict = true, WeightLayout? layout = null, Func<string, string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var use = network.Exclusive();
        using var reader = new SafetensorsReader(path);
        var isKeras = reader.Header.Metadata.TryGetValue("format", out var format) && format is "keras" or "tf";
        var order = layout ?? (isKeras ? WeightLayout.Keras : WeightLayout.PyTorch);
        var (pairs, report) = WeightMatching.Match(network.Info, reader.Header.Entries, order, names);
        if (strict && !report.IsExact)
        {
            throw new WeightFormatException($"{path} is not of this {network.Info.Name}:\n{report}") { Report = report };
        }

        WeightMatching.Load(reader, pairs, order, network.Info, network.ParameterSpan);
        return report;
    }
}
