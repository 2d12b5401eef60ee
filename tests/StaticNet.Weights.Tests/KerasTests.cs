namespace StaticNet.Weights.Tests;

/// <summary>
/// Models as Keras 2 and 3 save them, by way of <c>keras_to_safetensors.py</c>: they load and predict what Keras does. Skipped where
/// /usr/bin/python3 has no h5py.
/// </summary>
public sealed class KerasTests
{
    /// <summary>Of the largest output.</summary>
    private const double Tolerance = 5e-6;

    [Theory]
    [InlineData("2", "conv2d/conv2d/kernel:0")]
    [InlineData("3", "layers/conv2d/vars/0")]
    public async Task Models_load_and_predict(string version, string kernel)
    {
        Assert.SkipUnless(await Python.Has("h5py"), "h5py is not installed: benchmarks/peers/setup.sh h5py installs it.");
        var folder = Directory.CreateTempSubdirectory("staticnet").FullName;
        try
        {
            var name = Path.Combine(folder, nameof(KerasNetwork));
            await Python.Run("keras_model.py", version, folder);
            await Python.Run("keras_to_safetensors.py", Path.Combine(folder, "model.h5"), $"{name}.safetensors");
            using var network = new KerasNetwork();

            var report = network.Load($"{name}.safetensors");

            Assert.Equal((true, WeightLayout.Keras), (report.IsExact, report.Layout));
            Assert.Equal(kernel, report.Sources["conv1.weight"]);
            Samples.Compare(network, name, Tolerance);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
