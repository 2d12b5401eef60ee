using System.ComponentModel;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Saves and loads the parameters of a network as safetensors files, with PyTorch's shapes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightFile
{
    private static readonly Dictionary<string, string> s_metadata = new() { ["format"] = "pt" };

    /// <summary>Writes all parameters; on a failure, a file that was there is still there.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(NetworkCore network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var use = network.Shared();
        SafetensorsWriter.Save(path, StoredTensor.Of(network.Info, network.ParameterAddress), s_metadata);
    }

    /// <summary>
    /// Reads parameters by their names; files of <c>nn.Sequential</c>, whose layers have numbers for names, layer by layer in order.
    /// Elements may be F32, F64, F16 or BF16.
    /// </summary>
    /// <param name="network">Gets the parameters; unchanged when anything is wrong.</param>
    /// <param name="path">A safetensors file.</param>
    /// <param name="strict">Whether file and network must have exactly the same parameters; otherwise what fits is loaded.</param>
    /// <exception cref="WeightFormatException">The file is damaged, or strict loading found differences.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoadReport Load(NetworkCore network, string path, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var use = network.Exclusive();
        using var reader = new SafetensorsReader(path);
        var matching = WeightMatching.Match(network.Info, reader.Header.Entries);
        if (strict && !matching.Report.IsExact)
        {
            throw new WeightFormatException($"{path} is not of this {network.Info.Name}:\n{matching.Report}") { Report = matching.Report };
        }

        WeightMatching.Load(reader, matching.Pairs, network.Info, network.ParameterSpan);
        return matching.Report;
    }
}
