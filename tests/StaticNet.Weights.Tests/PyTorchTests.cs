using ModelZoo;

namespace StaticNet.Weights.Tests;

/// <summary>
/// State dictionaries as people write them for PyTorch, with random weights: they load without a word about names or orders, predict what
/// PyTorch does, and what is saved loads into PyTorch again. Skipped where /usr/bin/python3 has no PyTorch.
/// </summary>
public sealed class PyTorchTests
{
    /// <summary>Of the largest output.</summary>
    private const double Tolerance = 1e-5;

    [Fact]
    public async Task State_dictionaries_load_and_predict_and_go_back()
    {
        Assert.SkipUnless(await Python.Has("torch"), "PyTorch is not installed: benchmarks/peers/setup.sh pytorch installs it.");
        var folder = Directory.CreateTempSubdirectory("staticnet").FullName;
        try
        {
            await Python.Run("state_dicts.py", "make", folder);
            Compare(folder, new LeNet5());
            Compare(folder, new MnistCnn());
            Compare(folder, new CifarCnn());
            Compare(folder, new NarrowAlexNet());
            Compare(folder, new NarrowVgg11());
            Compare(folder, new ResNet8());
            Compare(folder, new ResNet18());
            Compare(folder, new MobileNet());
            Compare(folder, new DsCnn());
            await Python.Run("state_dicts.py", "check", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare<TInput, TOutput>(string folder, INetwork<TInput, TOutput> network)
        where TInput : IShape
        where TOutput : IShape
    {
        using var owned = network;
        var name = Path.Combine(folder, network.Core.Info.Name);

        // Files are mapped: the largest here has 47 MB.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var report = WeightFile.Load(network.Core, $"{name}.safetensors");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Samples.Compare(network, name, Tolerance);
        WeightFile.Save(network.Core, $"{name}.back.safetensors", parameter => report.Sources[parameter]);
    }
}
