using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes the class that runs a network's programs stage by stage.</summary>
internal sealed class WorkspaceWriter(string className, IReadOnlyList<ProgramStages> programs, KernelLibrary library)
{
    /// <summary>Stages that one method has at most, so that it stays far below the sizes at which the JIT stops optimising.</summary>
    private const int StagesOfMethod = 64;

    /// <param name="writer">Where to.</param>
    /// <param name="kernelClass">The class that holds the kernels of a width.</param>
    public void Write(SourceWriter writer, Func<VectorDialect, string> kernelClass)
    {
        foreach (var dialect in VectorDialect.All)
        {
            writer.Line($"using {dialect.Kernels} = {kernelClass(dialect)};");
        }

        writer.Line();
        foreach (var program in programs)
        {
            writer.Line($"// {program.Kind}: {program.Form}.");
        }

        using (writer.Braces($"internal sealed class {className} : Workspace"))
        {
            writer.Line($"public override int GradientChunkFloats => {programs.Max(p => p.GradientChunkFloats)};").Line();
            writer.Line($"public override int ScratchFloats => {programs.Max(p => p.ScratchFloats)};").Line();
            Switch("int Stages(ProgramKind program) => program switch", p => $"{programs[p].Stages.Count}");
            writer.Line();
            Switch("long ArenaFloats(ProgramKind program, int batch) => program switch", p => $"AreaFloats(batch, {programs[p].Area.Fixed}, {programs[p].Area.Sample})");
            writer.Line();
            Switch("int Chunks(int stage) => Program switch", p => Stage(p, stage => stage.Chunks));
            writer.Line();
            Switch("long Work(int stage) => Program switch", p => Stage(p, stage => stage.Work));
            writer.Line();
            using (writer.Braces("public override void Execute(int stage, int chunk, int worker)"))
            using (writer.Braces("switch (Program)"))
            {
                for (var p = 0; p < programs.Count; p++)
                {
                    writer.Line($"case ProgramKind.{programs[p].Kind}:").Line($"    {programs[p].Kind}(stage, chunk, worker);").Line("    break;");
                }
            }

            for (var p = 0; p < programs.Count; p++)
            {
                writer.Line();
                WriteProgram(writer, programs[p]);
            }

            writer.Line();
            library.WriteDispatch(writer);
        }

        void Switch(string signature, Func<int, string> value)
        {
            using (writer.Braces($"public override {signature}", "};"))
            {
                for (var p = 0; p < programs.Count; p++)
                {
                    writer.Line($"ProgramKind.{programs[p].Kind} => {value(p)},");
                }

                writer.Line("_ => 0,");
            }
        }

        string Stage(int p, Func<CpuStage, string> value) =>
            programs[p].Stages.Count == 0 ? "0" : $"stage switch {{ {string.Join(", ", programs[p].Stages.Select((stage, i) => $"{i} => {value(stage)}"))}, _ => 0 }}";
    }

    private static void WriteProgram(SourceWriter writer, ProgramStages program)
    {
        var stages = program.Stages;
        if (stages.Count <= StagesOfMethod)
        {
            WriteStages(writer, program.Kind, stages, 0, stages.Count);
            return;
        }

        int[] firsts = [.. Enumerable.Range(0, (stages.Count + StagesOfMethod - 1) / StagesOfMethod).Select(i => i * StagesOfMethod)];
        using (writer.Braces($"private void {program.Kind}(int stage, int chunk, int worker)"))
        using (writer.Braces($"switch (stage / {StagesOfMethod})"))
        {
            for (var i = 0; i < firsts.Length; i++)
            {
                writer.Line($"case {i}:").Line($"    {program.Kind}From{firsts[i]}(stage, chunk, worker);").Line("    break;");
            }
        }

        foreach (var first in firsts)
        {
            writer.Line();
            WriteStages(writer, $"{program.Kind}From{first}", stages, first, Math.Min(stages.Count, first + StagesOfMethod));
        }
    }

    private static void WriteStages(SourceWriter writer, string name, IReadOnlyList<CpuStage> stages, int first, int end)
    {
        using (writer.Braces($"private void {name}(int stage, int chunk, int worker)"))
        using (writer.Braces("switch (stage)"))
        {
            for (var i = first; i < end; i++)
            {
                writer.Line($"// {stages[i].Comment}");
                using (writer.Braces($"case {i}:"))
                {
                    foreach (var line in stages[i].Body)
                    {
                        writer.Line(line);
                    }

                    writer.Line("break;");
                }
            }
        }
    }
}
