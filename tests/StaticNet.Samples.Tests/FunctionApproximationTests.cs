using System.Globalization;

namespace StaticNet.Samples.Tests;

public sealed class FunctionApproximationTests
{
    [Fact]
    public async Task Error_falls_with_width()
    {
        var run = await Sample.Run("FunctionApproximation");
        var rows = run.Output[^6..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var errors = Array.ConvertAll(rows, row => double.Parse(row[2], CultureInfo.InvariantCulture));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["1", "2", "4", "8", "16", "32"], rows.Select(row => row[0]));
        Assert.Equal(errors[..5].OrderDescending(), errors[..5]);
        Assert.InRange(errors[0], 0.7, 0.75);
        Assert.InRange(errors[4], 0, 0.003);
        Assert.InRange(errors[5], 0, 0.005);
    }
}
