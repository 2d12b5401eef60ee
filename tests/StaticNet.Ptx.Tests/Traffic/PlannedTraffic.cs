using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using Kernel = StaticNet.Generators.Passes.Kernel;

namespace StaticNet.Ptx.Tests.Traffic;

/// <summary>
/// What the schedule of a training step must move at least when nothing stays in a cache from one kernel to the next: each kernel touches each
/// element of what it reads and of what it writes once,
/// <c>4 B · Σ over kernels (Σ elements read + Σ elements written)</c>,
/// and the update with momentum its gradient, its momentum and the parameter, the latter two where they are written again:
/// <c>4 B · 3 · parameters</c>. Sums over rows that the product for the gradient of weights reads too move only their results, as if that
/// product made them on the way.
/// </summary>
internal static class PlannedTraffic
{
    /// <summary>Bytes of the kernels of a program and of the update.</summary>
    public static long Bytes(NetworkProgram program, int batch)
    {
        var readForWeights = program.Kernels.OfType<ContractKernel>().Where(kernel => kernel.Contract.GivesWeights)
            .SelectMany(kernel => kernel.Reads).Select(Fuse.Storage).ToHashSet();
        var parameters = program.Graph.Parameters.Select(node => ((ParameterOperation)node.Operation).Parameter).Where(parameter => !parameter.IsState);
        return sizeof(float) * (program.Kernels.Sum(Elements) + (3 * parameters.Sum(parameter => (long)parameter.Size)));

        long Elements(Kernel kernel) => kernel.Reads.Select(Fuse.Storage)
            .Where(node => kernel is not ColumnSumKernel || !readForWeights.Contains(node))
            .Concat(kernel.Writes)
            .Where(node => node.Operation is not (ConstantOperation or ExtentOperation))
            .Distinct()
            .Sum(node => (long)node.Shape.ConstantSize * (node.Shape.HasBatch ? batch : 1));
    }
}
