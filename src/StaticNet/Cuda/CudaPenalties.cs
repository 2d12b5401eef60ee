using StaticNet.Cuda.Kernels;
using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>The penalties of a network's parameters: the device adds up Σ|w| and Σw² of each chunk, the host makes the penalty of them.</summary>
internal sealed unsafe class CudaPenalties : IDisposable
{
    private readonly Owned _owned = new();
    private readonly DeviceTable<ParameterChunk> _chunks;
    private readonly (double L1, double L2)[] _factors;
    private readonly nint _sums;

    public CudaPenalties(CudaContext context, CudaStream stream, NetworkInfo info)
    {
        ParameterInfo[] penalized = [.. info.Parameters.Where(parameter => parameter.L1 > 0 || parameter.L2 > 0)];
        var chunks = ParameterChunk.Cut(penalized, _ => GradientShaping.None);
        _factors = [.. penalized.SelectMany(parameter => Enumerable.Repeat((parameter.L1, parameter.L2), ParameterChunk.Count(parameter)))];
        try
        {
            _chunks = _owned.Add(new DeviceTable<ParameterChunk>(context, stream, chunks));
            _sums = chunks.Length == 0 ? 0 : _owned.Add(PenaltyKernel.Load(context)).Function(PenaltyKernel.Entry);
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>Room for the sums: none when there are no penalties.</summary>
    public long Bytes => 2L * sizeof(double) * _factors.Length;

    /// <summary>Gives a stream the sums to make.</summary>
    public void Launch(CudaStream stream, ulong parameters, ulong sums)
    {
        if (_factors.Length > 0)
        {
            stream.Launch(_sums, "penalties", (_factors.Length, 1, 1), KernelText.Threads, 0, [parameters, _chunks.Address, sums]);
        }
    }

    /// <summary>The penalty of sums that have come back.</summary>
    public double Of(nint sums)
    {
        var pairs = (double*)sums;
        var penalty = 0.0;
        for (var i = 0; i < _factors.Length; i++)
        {
            penalty += (_factors[i].L1 * pairs[2 * i]) + (_factors[i].L2 * pairs[(2 * i) + 1]);
        }

        return penalty;
    }

    public void Dispose() => _owned.Dispose();
}
