using System.ComponentModel;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Exports networks as ONNX files (IR version 8, opset 17), with their parameters.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OnnxFile
{
    /// <summary>Writes a network; on a failure, a file that was there is still there.</summary>
    /// <param name="network">The network, which may go on predicting meanwhile.</param>
    /// <param name="path">The file.</param>
    /// <param name="output">What the output of the graph is.</param>
    /// <param name="describe">Builds the graph: generated code.</param>
    /// <param name="summary">What the file says about the network.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The output is none of the enumeration.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network is being changed now, or the file would be larger than 2 GB, which its format does not allow.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(NetworkCore network, string path, OnnxOutput output, Action<OnnxGraph, OnnxOutput> describe, string summary)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(describe);
        if (!Enum.IsDefined(output))
        {
            throw new ArgumentOutOfRangeException(nameof(output), output, "It is neither Predict nor Forward.");
        }

        var graph = new OnnxGraph();
        describe(graph, output);
        using var use = network.Shared();
        var model = new OnnxModelWriter(network.Info, graph, StoredTensor.Of(network.Info, network.ParameterAddress), summary);
        AtomicFile.Write(path, model.Write);
    }
}
