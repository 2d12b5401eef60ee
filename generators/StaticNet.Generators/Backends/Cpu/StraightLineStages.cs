using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Small networks run as straight-line code: one stage that does everything. The budget keeps such a method far below the sizes at which
/// the JIT stops optimising (60,000 IL bytes, 2,000 locals) and its code inside the instruction cache.
/// </summary>
internal static class StraightLineStages
{
    /// <summary>Statements of a method up to which a network is unrolled.</summary>
    public const int Budget = 600;

    /// <summary>The same where weights are part of the code: no more need fit into the instruction cache, and none are loaded.</summary>
    public const int LiteralBudget = 1500;

    /// <summary>Samples whose gradients are summed in one chain of 512 for each of 16 lanes.</summary>
    private const int SamplesInChain = 16 * 512;

    private const int RowsPerChunk = 4096;

    /// <summary>The program as straight-line code; null when its statements exceed the budget or have no such form.</summary>
    /// <param name="form">Whether it is unrolled, and why.</param>
    public static ProgramStages? Of(
        string kind, Graph graph, KernelLibrary library, ParameterPlaces parameters, out string form)
    {
        var budget = parameters.AreLiterals ? LiteralBudget : Budget;
        var products = StraightLine.Products(graph, parameters);
        var statements = !StraightLine.CanWrite(graph) || products > budget ? 0 : Statements(graph, parameters);
        form = !StraightLine.CanWrite(graph) ? "loops over tiles: random numbers, windows and what samples share have no straight-line form"
            : products > budget ? $"loops over tiles: {products} products a sample are more than the budget of {budget} statements"
            : statements > budget ? $"loops over tiles: {statements} statements are more than the budget of {budget}"
            : $"unrolled: {statements} statements, within the budget of {budget}";
        if (statements == 0 || statements > budget)
        {
            return null;
        }

        var method = library.Add(
            kind,
            $"{kind}, unrolled: a lane is a sample",
            StraightLine.Signature(graph, parameters),
            (writer, dialect) => StraightLine.Write(graph, parameters, writer, dialect),
            samplesAsLanes: true);
        var memory = StraightLine.Memory(graph, parameters).ToArray();
        var slots = memory.Contains("gradients") ? graph.Parameters.Sum(p => Padding.Floats(((ParameterOperation)p.Operation).Parameter)) : 0;
        var arguments = string.Join(", ", memory.Select(name => name switch
        {
            "parameters" => "ParametersAt(0)",
            "gradients" => "At(0, 0)",
            _ => char.ToUpperInvariant(name[0]) + name.Substring(1),
        }));
        var work = Math.Max(1, StraightLine.Products(graph, parameters)) * 4;
        return slots == 0
            ? new ProgramStages(kind, [new CpuStage("the whole network", $"RowChunks(1, {RowsPerChunk})", $"{work}",
                [$"var (firstRow, rows) = RowChunk(chunk, 1, {RowsPerChunk});", $"{method}({arguments}, firstRow, rows);"])], default, 16, 0, form)
            : new ProgramStages(kind, [new CpuStage("the whole network, then the gradients of its parameters", "1", $"{work}", Training(graph, method, arguments, slots, parameters))],
                new WorkArea(32 * slots, 0, 0, 0), graph.Parameters.Max(p => Padding.Floats(((ParameterOperation)p.Operation).Parameter)), 0, form);
    }

    private static List<string> Training(Graph graph, string method, string arguments, int slots, ParameterPlaces parameters)
    {
        var floats = 16 * slots;
        List<string> body =
        [
            "// No chain of sums is longer than 512: larger batches gather the sums of their parts.",
            $"var sums = At(Batch > {SamplesInChain} ? {floats} : 0, 0);",
            $"Lanes.Clear(At(0, 0), Batch > {SamplesInChain} ? {2 * floats} : {floats});",
            $"for (var first = 0; first < Batch; first += {SamplesInChain})",
            "{",
            $"    {method}({arguments}, (nuint)first, (nuint)Math.Min({SamplesInChain}, Batch - first));",
            $"    if (Batch > {SamplesInChain})",
            "    {",
            $"        Lanes.Move(At(0, 0), sums, {floats});",
            "    }",
            "}",
            "",
        ];
        foreach (var parameter in graph.Parameters.Select(p => ((ParameterOperation)p.Operation).Parameter))
        {
            var offset = parameters[parameter.Name];
            var isWeight = parameter.Role == ParameterRole.Weight;
            var panels = isWeight ? Padding.Panels(parameter.Shape[0]) : 1;
            for (var panel = 0; panel < panels; panel++)
            {
                var columns = isWeight ? Math.Min(Padding.PanelWidth, parameter.Shape[0] - (panel * Padding.PanelWidth)) : parameter.Size;
                var rows = isWeight ? parameter.Columns : 1;
                var stride = Padding.To16(columns);
                var at = offset + (isWeight ? panel * Padding.PanelWidth * rows : 0);
                body.Add($"FoldGradient(sums, {at}, {rows}, {columns}, {stride}, worker); // {parameter.Name}");
            }
        }

        return body;
    }

    private static int Statements(Graph graph, ParameterPlaces parameters)
    {
        var writer = new SourceWriter();
        StraightLine.Write(graph, parameters, writer, VectorDialect.All[0]);
        return writer.ToString().Count(c => c == ';');
    }
}
