using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Samples;

/// <summary>The reference networks predict in little more memory than the values take that they have at once, and are not much text.</summary>
public class ModelZooSizeTests
{
    private static readonly Lazy<CSharpCompilation> s_compilation = new(() => TestCompilation.Create([.. Files().Select(File.ReadAllText)]));

    public static TheoryData<string> Networks => [.. Files().Where(file => File.ReadAllText(file).Contains("[Network", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_arena_is_little_larger_than_what_lives_at_once(string name)
    {
        var model = NetworkAnalysis.Analyze(Spec(name));
        var graph = LayOut.Run(AbsorbPads.Run(Rematerialize.Run(Simplify.Run(Lower.Run(model, GraphPurpose.Predict))), AbsorbPads.IsTiled));
        var kernels = Fuse.Run(graph);
        var plan = PlanMemory.Run(graph, kernels);

        var live = Enumerable.Range(0, kernels.Count).Max(now => kernels.Take(now + 1).Select((kernel, made) =>
            kernel.Writes.Where(node => made == now || IsReadFrom(now, node)).Sum(node => Floats(node, plan.Targets(node)[0]))).Sum());

        Assert.InRange(plan.FixedValueFloats + plan.SampleValueFloats, 1, live * 1.1);
        Assert.InRange(plan.SampleFloats, plan.SampleValueFloats, plan.SampleValueFloats * 1.1);

        bool IsReadFrom(int now, Node node) => kernels.Skip(now).Any(kernel => kernel.Reads.Any(read => Fuse.Storage(read) == node));
    }

    [Fact]
    public void ResNet50_is_less_than_three_megabytes_of_text() =>
        Assert.InRange(NetworkCompiler.Compile(Spec("ResNet50"), emitPtx: false).Sum(file => Encoding.UTF8.GetByteCount(file.Text)), 1, 3_000_000);

    private static NetworkSpec Spec(string name) => NetworkParser.Parse(
        s_compilation.Value.GetTypeByMetadataName($"ModelZoo.{name}")!, TestContext.Current.CancellationToken);

    /// <summary>What a value takes of the work area: nothing where it is the user's output.</summary>
    private static int Floats(Node node, Placement placement) => placement.Kind switch
    {
        PlacementKind.Arena => node.Shape.ConstantSize / node.Shape.Last.Size * placement.Stride,
        PlacementKind.Fixed => node.Shape.ConstantSize,
        _ => 0,
    };

    private static IEnumerable<string> Files([CallerFilePath] string path = "") =>
        Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "samples", "ModelZoo")), "*.cs")
            .Where(file => Path.GetFileName(file) is not ("Program.cs" or "Model.cs"));
}
