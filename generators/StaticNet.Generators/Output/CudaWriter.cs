using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Output;

/// <summary>Writes the class that has a network's kernels for GPUs and says when which of them is launched.</summary>
/// <param name="className">Its name.</param>
/// <param name="programs">What the network runs.</param>
/// <param name="parameterOffsets">Where each parameter begins in the arena.</param>
internal sealed class CudaWriter(string className, PtxPrograms programs, IReadOnlyDictionary<string, int> parameterOffsets)
{
    private const int LaunchesOfMethod = 32;

    public void Write(SourceWriter writer)
    {
        writer.Line("using StaticNet.Cuda;").Line();
        using (writer.Braces($"internal sealed class {className} : CudaPrograms"))
        {
            using (writer.Braces("public override CudaProgram Program(ProgramKind kind) => kind switch", "};"))
            {
                foreach (var program in programs.Programs)
                {
                    var launches = string.Join(", ", Parts(program).Select(first => $".. {program.Kind}From{first}()"));
                    writer.Line($"ProgramKind.{program.Kind} => new({program.FixedFloats}, {program.SampleFloats}, [{launches}]),");
                }

                writer.Line("_ => null,");
            }

            foreach (var program in programs.Programs)
            {
                foreach (var first in Parts(program))
                {
                    writer.Line();
                    WriteLaunches(writer, program, first);
                }
            }

            writer.Line();
            writer.Line("public override ReadOnlySpan<byte> Ptx =>");
            writer.Literal("\"\"\"").Literal(programs.Module.ToString().TrimEnd('\n')).Literal("\"\"\"u8;");
        }
    }

    /// <summary>The first launches of the methods that a program is written in: none is large.</summary>
    private static IEnumerable<int> Parts(PtxProgram program) =>
        Enumerable.Range(0, (program.Launches.Count + LaunchesOfMethod - 1) / LaunchesOfMethod).Select(part => part * LaunchesOfMethod);

    private void WriteLaunches(SourceWriter writer, PtxProgram program, int first)
    {
        using (writer.Braces($"private static CudaLaunch[] {program.Kind}From{first}() => new CudaLaunch[]", "};"))
        {
            foreach (var launch in program.Launches.Skip(first).Take(LaunchesOfMethod))
            {
                var kernel = launch.Kernel;
                var operands = string.Join(", ", kernel.Operands.Items.Select(item => Place(item.Placement, program, item.Node)));
                var shared = kernel.SharedBytes > 0 ? $" with {{ SharedBytes = {kernel.SharedBytes} }}" : "";
                writer.Line($"Launch({TypeNames.Literal(launch.Layer)}, \"{launch.Name}\", {kernel.Threads}, {Blocks(kernel.X)}, {Blocks(kernel.Y)}, {Blocks(kernel.Z)},");
                writer.Line($"    {operands}){shared},");
            }
        }
    }

    private static string Blocks(PtxBlocks blocks) =>
        blocks.ItemsPerSample == 0 ? $"{blocks.Blocks}" : $"new({blocks.Blocks}, {blocks.ItemsPerSample}, {blocks.ItemsPerBlock})";

    private string Place(Placement place, PtxProgram program, Node node) => place.Kind switch
    {
        PlacementKind.Arena => $"Arena({program.FixedFloats}, {place.Offset})",
        PlacementKind.Fixed => $"Arena({place.Offset})",
        PlacementKind.Parameter => $"Parameters({parameterOffsets[program.Parameters[place.Ordinal]]})",
        PlacementKind.Gradient => $"Gradients({parameterOffsets[program.Parameters[place.Ordinal]]})",
        PlacementKind.Input => $"Input({place.Ordinal})",
        PlacementKind.InputGradient => $"InputGradient({place.Ordinal})",
        PlacementKind.Output or PlacementKind.Target or PlacementKind.SampleWeights or PlacementKind.Losses or PlacementKind.OutputGradient or PlacementKind.Step =>
            $"{place.Kind}",
        _ => throw new NotSupportedException($"A kernel on a GPU has no {place.Kind} for {node}."),
    };
}
