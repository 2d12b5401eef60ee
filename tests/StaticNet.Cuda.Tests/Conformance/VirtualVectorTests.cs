using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Cuda.Tests.Virtual;

namespace StaticNet.Cuda.Tests.Conformance;

/// <summary>The networks of the CPU's suite as the generator puts them on a GPU, on the virtual machine with all of its checks.</summary>
public sealed class VirtualVectorTests : VectorSuite, IDisposable
{
    private VirtualGpu? _gpu;

    public void Dispose() => _gpu?.Dispose();

    protected override bool Exists(string file, string name) => ReferenceNetworks.Names.Contains($"{file}/{name}");

    protected override NetworkUnderTest Create(string file, string name)
    {
        // Made where the test itself runs: the calls of other tests are for other machines.
        _gpu ??= new VirtualGpu(checksLaunches: true);
        return new(ReferenceNetworks.Create($"{file}/{name}"), _gpu.Device);
    }
}
