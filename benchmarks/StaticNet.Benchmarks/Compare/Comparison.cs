using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>What a comparison found, before the run's peak is known.</summary>
/// <param name="Measured">The paired times.</param>
/// <param name="Peer">The peer's name and version; null when it is not installed.</param>
/// <param name="BytesAllocated">Managed bytes of one of our calls.</param>
/// <param name="Agreement">How far results are apart: from the peer's, on a GPU from our own on the processor; null where nothing was compared.</param>
internal sealed record Finding(Measurement Measured, string? Peer, double BytesAllocated, Agreement? Agreement);

/// <summary>One mode's way of setting a network beside its peer.</summary>
internal interface IComparison : IDisposable
{
    /// <summary>What to tell a user whose peer is not installed; null when it is.</summary>
    string? Missing { get; }

    /// <summary>Sets a network beside each of its peers.</summary>
    IEnumerable<Finding> Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds);
}
