using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes the class that runs a network's programs stage by stage.</summary>
internal sealed class WorkspaceWriter(string className, IReadOnlyList<ProgramStages> programs, KernelLibrary library)
{
    public void Write(SourceWriter writer, Func<VectorDialect, string> kernelClass)
    {
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
            Switch("long ArenaFloats(ProgramKind program, int batch) => program switch", p => $"AreaFloats(batch, {programs[p].FixedFloats}, {programs[p].SampleFloats})");
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
            library.WriteDispatch(writer, kernelClass);
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
        using (writer.Braces($"private void {program.Kind}(int stage, int chunk, int worker)"))
        using (writer.Braces("switch (stage)"))
        {
            for (var i = 0; i < stages.Count; i++)
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
