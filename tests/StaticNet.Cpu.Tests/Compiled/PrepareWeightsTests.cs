extern alias tasks;
using System.Collections;
using System.Text;
using Microsoft.Build.Framework;
using tasks::StaticNet.Tasks;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>The task of the build that reads weights for frozen classes: whatever is in a file, it says so or prepares it.</summary>
public sealed class PrepareWeightsTests : IDisposable
{
    private const string Header =
        """{"__metadata__":{"format":"pt","layout:dense1.weight":"matrix 3 2x3"},"dense1.weight":{"dtype":"F32","shape":[3,6],"data_offsets":[0,72]},"0.bias":{"dtype":"BF16","shape":[3],"data_offsets":[72,78]},"steps":{"dtype":"I64","shape":[],"data_offsets":[78,86]}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("weights").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Matrices_lie_in_panels_place_by_place_and_what_is_no_real_number_is_left_out()
    {
        var (listing, resource, errors) = Run(WriteFile(Header));

        Assert.Empty(errors);
        var lines = listing!.Split('\n');
        Assert.Equal(["StaticNet weights 1", "StaticNet/net", $"{(6 * 16) + 16}"], lines[..3]);
        Assert.StartsWith("dense1.weight\t3 6\tmatrix 3 2x3\t0\t", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("0.bias\t3\tvector 3\t96\t", lines[4], StringComparison.Ordinal);
        Assert.Equal("", lines[5]);

        // Element [row, channel · 3 + place] of the file is its number; place by place, a vector of 16 rows each.
        for (var row = 0; row < 3; row++)
            for (var channel = 0; channel < 2; channel++)
                for (var place = 0; place < 3; place++)
                    Assert.Equal((row * 6) + (channel * 3) + place, resource[(((place * 2) + channel) * 16) + row]);
        Assert.Equal([1f, 2f, -0.5f, 0f], resource[96..100]);
    }

    [Theory]
    [InlineData("matrix 3 2x4")]
    [InlineData("matrix 3")]
    [InlineData("heap 18")]
    [InlineData("vector 9x-2")]
    public void A_layout_that_does_not_fit_is_refused(string layout)
    {
        var (listing, _, errors) = Run(WriteFile(Header.Replace("matrix 3 2x3", layout, StringComparison.Ordinal)));

        Assert.Null(listing);
        Assert.Contains("dense1.weight", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_and_never_break_the_build()
    {
        var whole = WriteFile(Header);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(4) == 0 ? random.Next(256) : "0123456789{}[]\",:x-"[random.Next(19)]);
            }

            var (listing, _, errors) = Run(i % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            Assert.Equal(listing is null, errors.Count == 1);
            refused += errors.Count;
        }

        Assert.InRange(refused, 1000, 1999);
    }

    private (string? Listing, float[] Resource, List<string> Errors) Run(byte[] file)
    {
        var engine = new Engine();
        var task = new PrepareWeights
        {
            BuildEngine = engine,
            Weights = Path.Combine(_folder, "net"),
            ResourceName = "StaticNet/net",
            Listing = Path.Combine(_folder, "net.txt"),
            Resource = Path.Combine(_folder, "net.bin"),
        };
        File.WriteAllBytes(task.Weights, file);
        Assert.Equal(task.Execute(), engine.Errors.Count == 0);
        var resource = File.ReadAllBytes(task.Resource);
        var values = new float[resource.Length / sizeof(float)];
        Buffer.BlockCopy(resource, 0, values, 0, values.Length * sizeof(float));
        return (File.Exists(task.Listing) ? File.ReadAllText(task.Listing) : null, values, engine.Errors);
    }

    private static byte[] WriteFile(string header)
    {
        using var stream = new MemoryStream();
        var text = Encoding.UTF8.GetBytes(header);
        stream.Write(BitConverter.GetBytes((long)text.Length));
        stream.Write(text);
        for (var i = 0; i < 18; i++)
            stream.Write(BitConverter.GetBytes((float)i));
        foreach (var value in (float[])[1, 2, -0.5f])
            stream.Write(BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)));
        stream.Write(new byte[8]);
        return stream.ToArray();
    }

    /// <summary>What a task sees of MSBuild.</summary>
    private sealed class Engine : IBuildEngine
    {
        public List<string> Errors { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "";

        public void LogErrorEvent(BuildErrorEventArgs e)
        {
            Assert.Equal("SN1004", e.Code);
            Errors.Add(e.Message!);
        }

        public void LogWarningEvent(BuildWarningEventArgs e) => Assert.Fail(e.Message);

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;
    }
}
