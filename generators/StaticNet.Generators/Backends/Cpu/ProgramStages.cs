using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>One stage of a program as C#: how many chunks, how much work, and what one chunk does.</summary>
internal sealed record CpuStage(string Comment, string Chunks, string Work, IReadOnlyList<string> Body);

/// <summary>The work area of a program in floats: those that do not grow with the batch, and those for each sample.</summary>
/// <param name="FixedValues">How many of the fixed ones hold values that go from one stage to another.</param>
/// <param name="SampleValues">How many of those for each sample do.</param>
internal readonly record struct WorkArea(int Fixed, int Sample, int FixedValues, int SampleValues)
{
    public static WorkArea Of(MemoryPlan plan) => new(plan.FixedFloats, plan.SampleFloats, plan.FixedValueFloats, plan.SampleValueFloats);
}

/// <summary>A program as stages, and the work area they need.</summary>
/// <param name="GradientChunkFloats">The largest piece of gradient that one chunk makes.</param>
/// <param name="ScratchFloats">What each thread needs for itself.</param>
/// <param name="Form">Whether it is unrolled, and why.</param>
internal sealed record ProgramStages(
    string Kind, IReadOnlyList<CpuStage> Stages, WorkArea Area, int GradientChunkFloats, int ScratchFloats, string Form);
