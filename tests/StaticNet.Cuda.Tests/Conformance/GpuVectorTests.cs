using StaticNet.Conformance;
using StaticNet.Conformance.Networks;

namespace StaticNet.Cuda.Tests.Conformance;

/// <summary>The same on a GPU, where this machine has one.</summary>
public sealed class GpuVectorTests : VectorSuite
{
    protected override bool Exists(string file, string name) => ReferenceNetworks.Names.Contains($"{file}/{name}");

    protected override NetworkUnderTest Create(string file, string name)
    {
        Assert.SkipUnless(Device.Cuda.IsAvailable, Device.Cuda.Description);
        return new(ReferenceNetworks.Create($"{file}/{name}"), Device.Cuda);
    }
}
