using StaticNet.Cpu.Tests.Compiled;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.PtxVm.Driver;
using StaticNet.PtxVm.Execution;

namespace StaticNet.Ptx.Tests.Networks;

/// <summary>Random networks, generated, compiled and run on the virtual GPU, agree with the interpreter in double precision.</summary>
public sealed class RandomNetworkTests
{
    /// <summary>One of them has weights that are one number, and a gradient of which most elements are zero.</summary>
    private const int FirstSeed = 702;

    private const int Batch = 5;

    [Fact]
    public void Random_networks_agree_with_the_interpreter()
    {
        string[] declarations = [.. Enumerable.Range(FirstSeed, 2).Select(NetworkDraw.Of)];
        using var networks = CompiledNetworks.Compile(declarations, new(Winograd: false, Pool: false, Unroll: false), emitPtx: true);
        for (var i = 0; i < declarations.Length; i++)
        {
            var order = i % 2 == 0 ? ScheduleOrder.Reverse : ScheduleOrder.Interleaved;
            using var gpu = new VirtualGpu(new DriverOptions { Launches = new() { Order = order, Seed = i, AsyncCopies = AsyncCopyMoment.Earliest } });
            using var network = networks.Create(i, FirstSeed + i, gpu.Device);
            var oracle = new Oracle(networks.Models[i], network, Conformance.Agreement.Convolutional);
            var problem = Record.Exception(() => Assert.Contains(Enumerable.Range(0, 8), attempt => oracle.Agrees(Batch, seed: 100 + (10 * (uint)attempt))));
            Assert.True(problem is null, $"seed {FirstSeed + i}: {declarations[i]}\n{gpu.Virtual.Fault?.Message ?? problem?.Message}");
        }
    }
}
