using StaticNet.Cuda.Kernels;

namespace StaticNet.Cuda;

/// <summary>What the gradients of several parts of a batch are added with: an arena for those of one part, and the kernel.</summary>
internal sealed class GradientSum : IDisposable
{
    private readonly Owned _owned = new();
    private readonly CudaModule _module;
    private readonly long _floats;

    public GradientSum(CudaContext context, CudaStream stream, long floats)
    {
        _floats = floats;
        try
        {
            _module = _owned.Add(AddKernel.Load(context));
            Part = _owned.Add(new DeviceMemory(context, floats * sizeof(float))).Address;

            // Kernels do not write the padding of gradients.
            stream.Fill(Part, 0, floats);
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>The gradients of one part.</summary>
    public ulong Part { get; }

    /// <summary>Gives a stream the sum to make: they are added to those of the parts before.</summary>
    public void Launch(CudaStream stream, ulong sum) => AddKernel.Launch(_module, stream, sum, Part, _floats);

    public void Dispose() => _owned.Dispose();
}
