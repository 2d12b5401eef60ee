using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Output;

/// <summary>Writes the members that say how much memory a network takes.</summary>
/// <param name="model">The network.</param>
/// <param name="programs">What it runs: inference first, training last; none for a network with errors.</param>
internal sealed class MemoryWriter(NetworkModel model, IReadOnlyList<ProgramStages> programs)
{
    /// <summary>What is behind every work area, so that its last row may be read by whole vectors.</summary>
    private readonly int _margin = programs.Count == 0 ? 0 : 32;

    public void Write(SourceWriter writer)
    {
        var inference = programs.Where(program => program.Kind is "Forward" or "Predict").Select(program => program.Area).OrderBy(area => area.Fixed + area.Sample).LastOrDefault();
        var training = programs.Count == 0 ? default : programs[programs.Count - 1].Area;
        var parameters = model.Layers.SelectMany(l => l.Parameters).Sum(p => (long)Padding.Floats(p));
        var arena = (long)inference.FixedValues + inference.SampleValues;
        var scratch = programs.Select(program => program.ScratchFloats).DefaultIfEmpty().Max();
        var all = (long)inference.Fixed + inference.Sample;
        Bytes("Bytes of memory for parameters and to predict one sample: those of <see cref=\"ArenaBytes\"/> and <see cref=\"WorkspaceBytes\"/> among them.",
            "InferenceBytes", parameters + all + _margin);
        Bytes("Bytes of memory for the values that go from one step of a prediction to another, for one sample.", "ArenaBytes", arena);
        Bytes("Bytes of memory that single steps of a prediction need besides, for one sample.", "WorkspaceBytes", all - arena + _margin);
        Bytes("Bytes of memory that each thread works in besides; while training, those of a piece of a gradient come on top.", "ThreadBytes", scratch == 0 ? 0 : Padding.To16(scratch) + 16L);
        writer.Line("/// <summary>Bytes of memory for parameters and for the work area of training on so many samples at once; the optimizer's come on top.</summary>");
        writer.Line($"public static long TrainingBytes(int batch) => {4 * (parameters + training.Fixed + _margin)} + ({4L * training.Sample}L * batch);").Line();

        void Bytes(string summary, string name, long floats) =>
            writer.Line($"/// <summary>{summary}</summary>").Line($"public const long {name} = {4 * floats};").Line();
    }
}
