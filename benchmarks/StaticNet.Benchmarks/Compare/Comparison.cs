using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>What a comparison found, before the run's peak is known.</summary>
/// <param name="Measured">The paired times.</param>
/// <param name="Peer">The peer's name and version; null when it is not installed.</param>
/// <param name="BytesAllocated">Managed bytes of one of our calls.</param>
/// <param name="Agreement">How far the outputs are apart; null where nothing was compared.</param>
internal sealed record Finding(Measurement Measured, string? Peer, double BytesAllocated, Agreement? Agreement);

/// <summary>One mode's way of setting a network beside its peer.</summary>
internal interface IComparison : IDisposable
{
    /// <summary>What to tell a user whose peer is not installed; null when it is.</summary>
    string? Missing { get; }

    Finding Run(BenchmarkedNetwork network, int batch, int threads, PairedRounds rounds);
}
