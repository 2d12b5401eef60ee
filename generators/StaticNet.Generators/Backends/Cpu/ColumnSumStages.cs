using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Stages of sums over all rows. Where a sample is one row, threads take columns and each sum is made in one piece. Where samples have
/// many rows, the rows are cut into parts by shape and batch alone; a second stage adds the parts, in order.
/// </summary>
/// <param name="plan">Where values are.</param>
/// <param name="library">Gets the kernels.</param>
/// <param name="address">The address of a value in one of its places.</param>
/// <param name="offset">Where the parameter of a place in the gradient arena begins.</param>
internal sealed class ColumnSumStages(MemoryPlan plan, KernelLibrary library, Func<Node, Placement, string> address, Func<Placement, int> offset)
{
    /// <summary>Blocks of 16 columns in a chunk.</summary>
    public const int Blocks = 8;

    /// <summary>Floats of a part at least, so that handing it to a thread pays.</summary>
    private const int PartFloats = 16384;

    public IEnumerable<CpuStage> Stages(ColumnSumKernel kernel, string origins, Func<Operands, string> summary)
    {
        var operands = new Operands(plan);
        var emitter = new ColumnSumEmitter(kernel, operands);
        var columns = kernel.Program.Columns;
        var method = library.Add(
            "Sum",
            summary(operands),
            emitter.Signature,
            (writer, dialect) => emitter.Write(writer, dialect, KernelLibrary.Name));
        var reads = string.Concat(operands.Items.Select(i => $"{address(i.Node, i.Placement)}, "));
        var (perSample, blocks) = (kernel.RowsPerSample, (columns + 15) / 16);
        var work = $"{perSample * columns * (1 + kernel.Program.Nodes.Count)}";
        if (kernel.IsOfEachSample)
        {
            var places = string.Concat(emitter.OfEachSample.Select(s => $"{address(s.Sum, s.Place)}, "));
            var groups = (blocks + Blocks - 1) / Blocks;
            var together = Math.Max(1, PartFloats / (perSample * columns));
            yield return new CpuStage(
                $"{origins}: sums over the rows of each sample, [batch·{perSample}, {columns}]",
                groups == 1 ? $"RowChunks(1, {together})" : $"RowChunks(1, {together}) * {groups}",
                work,
                [
                    $"var (firstSample, samples) = RowChunk({(groups == 1 ? "chunk" : $"chunk / {groups}")}, 1, {together});",
                    groups == 1
                        ? $"{method}({reads}{places}firstSample, samples, 0, {blocks}{emitter.Sizes});"
                        : $"{method}({reads}{places}firstSample, samples, (nuint)(chunk % {groups} * {Blocks}), (nuint)Math.Min({Blocks}, {blocks} - (chunk % {groups} * {Blocks})){emitter.Sizes});",
                ]);
            yield break;
        }

        if (perSample == 1)
        {
            yield return new CpuStage(
                $"{origins}: sums over [batch, {columns}]", $"{(blocks + Blocks - 1) / Blocks}", work, [.. InOnePiece(kernel, method, reads, blocks, emitter.Sizes)]);
            yield break;
        }

        var cut = $"{perSample}, {Math.Max(64, PartFloats / columns)}";
        var parts = string.Join(", ", kernel.Sums.Select(sum => $"At({plan.Sums(sum).Offset} + (chunk * {16 * blocks}), 0)"));
        yield return new CpuStage(
            $"{origins}: sums over parts of [batch·{perSample}, {columns}]",
            $"SumParts({cut})",
            work,
            [$"var (firstRow, rows) = SumPart(chunk, {cut});", $"{method}({reads}{parts}, false, firstRow, rows, 0, {blocks}{emitter.Sizes});"]);
        yield return new CpuStage(
            $"{origins}: the parts' sums together",
            "1",
            "0",
            [.. kernel.Sums.SelectMany((sum, i) => Together(sum, $"SumParts({cut})", 16 * blocks, kernel.Sums.Count == 1 ? "" : $"{i + 1}"))]);
    }

    private IEnumerable<string> InOnePiece(ColumnSumKernel kernel, string method, string reads, int blocks, string sizes)
    {
        var isOneChunk = blocks <= Blocks;
        yield return isOneChunk ? "const int firstBlock = 0;" : $"var firstBlock = chunk * {Blocks};";
        yield return isOneChunk ? $"const int blocks = {blocks};" : $"var blocks = Math.Min({Blocks}, {blocks} - firstBlock);";
        yield return "var offset = 16 * firstBlock;";
        var range = $"0, (nuint)Batch, {(isOneChunk ? "firstBlock, blocks" : "(nuint)firstBlock, (nuint)blocks")}{sizes}";
        var sums = kernel.Sums;
        if (Stored(sums[0]) is null)
        {
            yield return $"var gradient = BeginGradient({offset(plan.Targets(sums[0])[0])} + offset, worker);";
            yield return $"{method}({reads}gradient, Accumulate, {range});";
            foreach (var target in plan.Targets(sums[0]))
            {
                yield return $"EndGradient({offset(target)} + offset, 16 * blocks, gradient);";
            }

            yield break;
        }

        yield return $"{method}({reads}{string.Join(", ", sums.Select(sum => $"At({Stored(sum)!.Offset} + offset, 0)"))}, false, {range});";
        foreach (var sum in sums)
        {
            foreach (var target in Gradients(sum))
            {
                yield return $"AddGradient({offset(target)} + offset, 16 * blocks, At({Stored(sum)!.Offset} + offset, 0));";
            }
        }
    }

    private IEnumerable<string> Together(Node sum, string parts, int floats, string suffix)
    {
        var from = $"At({plan.Sums(sum).Offset}, 0), {parts}, {floats}";
        if (Stored(sum) is { } stored)
        {
            yield return $"ColumnSums.Add({from}, {address(sum, stored)}, false);";
            foreach (var target in Gradients(sum))
            {
                yield return $"AddGradient({offset(target)}, {floats}, {address(sum, stored)});";
            }

            yield break;
        }

        var gradient = $"gradient{suffix}";
        yield return $"var {gradient} = BeginGradient({offset(plan.Targets(sum)[0])}, worker);";
        yield return $"ColumnSums.Add({from}, {gradient}, Accumulate);";
        foreach (var target in plan.Targets(sum))
        {
            yield return $"EndGradient({offset(target)}, {floats}, {gradient});";
        }
    }

    private Placement? Stored(Node sum) => plan.Targets(sum).FirstOrDefault(target => target.Kind == PlacementKind.Fixed);

    private IEnumerable<Placement> Gradients(Node sum) => plan.Targets(sum).Where(target => target.Kind == PlacementKind.Gradient);
}
