using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes the class that runs a network's programs stage by stage.</summary>
/// <param name="className">Its name.</param>
/// <param name="programs">What it runs.</param>
/// <param name="library">Their kernels.</param>
internal sealed class WorkspaceWriter(string className, IReadOnlyList<ProgramStages> programs, KernelLibrary library)
{
    /// <summary>Stages that one method has at most, so that it stays far below the sizes at which the JIT stops optimising.</summary>
    private const int StagesOfMethod = 64;

    /// <summary>Stages that two programs have in common at least, for one to call the other.</summary>
    private const int FewStages = 8;

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
                var (same, stages) = SharedWith(p);
                WriteProgram(writer, programs[p], same, stages);
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

    /// <summary>The program before that begins as this one does, and for how many stages.</summary>
    private (ProgramStages? Program, int Stages) SharedWith(int program)
    {
        var best = programs.Take(program).OrderByDescending(Common).FirstOrDefault();
        return best is not null && Common(best) is >= FewStages and var common ? (best, common) : (null, 0);

        int Common(ProgramStages other) => other.Stages.Zip(programs[program].Stages, (a, b) => a.Body.SequenceEqual(b.Body)).TakeWhile(same => same).Count();
    }

    private static void WriteProgram(SourceWriter writer, ProgramStages program, ProgramStages? shared, int sharedStages)
    {
        var stages = program.Stages;
        if (stages.Count - sharedStages <= StagesOfMethod && shared is null)
        {
            WriteStages(writer, program.Kind, stages, 0, stages.Count);
            return;
        }

        var parts = Enumerable.Range(0, (stages.Count - sharedStages + StagesOfMethod - 1) / StagesOfMethod)
            .Select(i => sharedStages + (i * StagesOfMethod))
            .Select(first => (Name: $"{program.Kind}From{first}", First: first, End: Math.Min(stages.Count, first + StagesOfMethod)))
            .ToList();
        if (shared is not null)
        {
            parts.Insert(0, (shared.Kind, 0, sharedStages));
        }

        using (writer.Braces($"private void {program.Kind}(int stage, int chunk, int worker)"))
        using (writer.Braces("switch (stage)"))
        {
            foreach (var (name, _, end) in parts)
            {
                writer.Line($"case < {end}:").Line($"    {name}(stage, chunk, worker);").Line("    break;");
            }
        }

        foreach (var (name, first, end) in parts.Skip(shared is null ? 0 : 1))
        {
            writer.Line();
            WriteStages(writer, name, stages, first, end);
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
