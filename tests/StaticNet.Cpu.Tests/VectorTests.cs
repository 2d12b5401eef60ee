using StaticNet.Conformance;
using StaticNet.Conformance.Networks;

namespace StaticNet.Cpu.Tests;

public sealed class VectorTests : VectorSuite
{
    protected override bool Exists(string file, string name) => ReferenceNetworks.Names.Contains($"{file}/{name}");

    protected override NetworkUnderTest Create(string file, string name) => new(ReferenceNetworks.Create($"{file}/{name}"));
}
