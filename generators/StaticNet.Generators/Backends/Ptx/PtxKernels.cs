using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Which emitter writes a kernel. Some take two launches, some none.</summary>
internal static class PtxKernels
{
    public static IReadOnlyList<PtxKernel> Of(Kernel kernel, MemoryPlan plan, PtxOptions? options = null) => kernel switch
    {
        ContractKernel contract => PtxContractEmitter.Emit(contract, plan, options),
        RowKernel row => [PtxRowEmitter.Emit(row, plan)],
        ColumnSumKernel sums => PtxColumnSumEmitter.Emit(sums, plan),
        PoolKernel pool => [PtxPoolEmitter.Emit(pool, plan)],
        BoxKernel box => plan.IsBordered(box.Result) ? [] : [PtxViewEmitter.Box(box, plan)],
        NodeKernel { Node: var node } => node.Operation switch
        {
            ConcatOperation => [PtxViewEmitter.Concat(node, plan)],
            TransposeOperation when node.Shape.HasBatch => [PtxViewEmitter.Transpose(node, plan)],
            RandomOperation => [PtxRandomEmitter.Emit(node, plan)],
            ExtentOperation => [], // Every kernel knows the batch.
            MapOperation { Body: Literal { Value: 0 } } when !node.Shape.HasBatch => [PtxRowEmitter.Zeros(node, plan)],
            _ => throw new NotSupportedException($"No kernel for {node}."),
        },
        _ => throw new NotSupportedException($"No kernel for {string.Join(", ", kernel.Nodes)}."),
    };
}
