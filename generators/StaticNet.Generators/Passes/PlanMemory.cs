using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Gives every value that crosses from one kernel to another a place. Values whose lifetimes do not meet share the work area.
/// </summary>
internal static class PlanMemory
{
    /// <param name="graph">The graph that was cut.</param>
    /// <param name="kernels">Its kernels in order.</param>
    /// <param name="reuse">False gives every value its own place, to compare with.</param>
    public static MemoryPlan Run(Graph graph, IReadOnlyList<Kernel> kernels, bool reuse = true)
    {
        var plan = new MemoryPlan();
        var spaces = graph.Nodes.ToLookup(Fuse.Storage);
        foreach (var node in graph.Nodes)
        {
            if (Given(graph, node) is { } buffer)
            {
                plan.Add(node, buffer);
            }
        }

        var live = new List<(int Start, int End, int Floats, Buffer Buffer)>();
        for (var i = 0; i < kernels.Count; i++)
        {
            var kernel = kernels[i];
            foreach (var node in kernel.Writes)
            {
                var asked = Asked(graph, node);
                var readers = Enumerable.Range(0, kernels.Count).Where(k => k != i && kernels[k].Reads.Any(r => Fuse.Storage(r) == node)).ToList();
                if (readers.Count > 0 || asked.Count == 0)
                {
                    Reserve(node, i, readers.Append(i).Max());
                }

                asked.ForEach(buffer => plan.Add(node, buffer));
            }

            // Sums need rows that end in whole vectors; where no value of the kernel has such rows, they gather in rows of their own.
            if (kernel is ContractKernel { Contract: { GivesWeights: false, Result: var sums } } && Sums(plan, kernel) is null)
            {
                Reserve(sums, i, i);
            }
        }

        return plan;

        void Reserve(Node node, int start, int end)
        {
            var buffer = Row(node, spaces[node].Any(n => n.Shape.Rank > 2));
            var floats = buffer.Kind == BufferKind.Fixed ? Weights(node) : buffer.Stride * node.Shape.ConstantSize / node.Shape.Last.Size;
            var offset = 0;
            foreach (var other in live.Where(l => l.Buffer.Kind == buffer.Kind && (!reuse || (l.Start <= end && start <= l.End))).OrderBy(l => l.Buffer.Offset))
            {
                if (offset + floats > other.Buffer.Offset)
                {
                    offset = Math.Max(offset, other.Buffer.Offset + other.Floats);
                }
            }

            buffer.Offset = offset;
            live.Add((start, end, floats, buffer));
            if (buffer.Kind == BufferKind.Fixed)
            {
                plan.FixedFloats = Math.Max(plan.FixedFloats, offset + floats);
            }
            else
            {
                plan.SampleFloats = Math.Max(plan.SampleFloats, offset + floats);
            }

            plan.Add(node, buffer);
        }
    }

    /// <summary>The rows that a contraction's sums gather in: those of a value that its kernel leaves in padded rows anyhow.</summary>
    public static Buffer? Sums(MemoryPlan plan, Kernel kernel)
    {
        var sums = ((ContractKernel)kernel).Contract.Result;
        return kernel.Writes.Append(sums)
            .Where(plan.Has)
            .SelectMany(plan.Targets)
            .FirstOrDefault(b => b.Kind == BufferKind.Arena && b.Padded);
    }

    /// <summary>Memory that a leaf is given in.</summary>
    private static Buffer? Given(Graph graph, Node node) => node.Operation switch
    {
        InputOperation input => new Buffer(
            input.Role switch
            {
                InputRole.Data => BufferKind.Input,
                InputRole.Target => BufferKind.Target,
                InputRole.SampleWeight => BufferKind.SampleWeights,
                _ => BufferKind.OutputGradient,
            },
            input.Ordinal,
            node.Shape.Last.Size,
            Padded: false),
        ParameterOperation => new Buffer(BufferKind.Parameter, graph.Parameters.ToList().IndexOf(node), 0, Padded: true),
        _ => null,
    };

    /// <summary>Memory that the user wants a value in.</summary>
    private static List<Buffer> Asked(Graph graph, Node node)
    {
        var buffers = new List<Buffer>();
        foreach (var (name, value) in graph.Outputs.Where(output => Fuse.Storage(output.Value) == node))
        {
            var columns = node.Shape.Last.Size;
            if (name is "output" or "loss")
            {
                buffers.Add(new Buffer(name == "loss" ? BufferKind.Losses : BufferKind.Output, 0, columns, Padded: false));
            }
            else if (graph.Inputs.FirstOrDefault(i => name == Differentiate.GradientOfInput(((InputOperation)i.Operation).Ordinal)) is { } input)
            {
                buffers.Add(new Buffer(BufferKind.InputGradient, ((InputOperation)input.Operation).Ordinal, columns, Padded: false));
            }
            else
            {
                var parameters = graph.Parameters.ToList();
                var parameter = parameters.FindIndex(p => name == Differentiate.GradientOf(((ParameterOperation)p.Operation).Parameter.Name));
                buffers.Add(new Buffer(BufferKind.Gradient, parameter, 0, Padded: true));
            }
        }

        return buffers;
    }

    /// <summary>The rows of an intermediate value.</summary>
    private static Buffer Row(Node node, bool packed)
    {
        if (!node.Shape.HasBatch)
        {
            return new Buffer(BufferKind.Fixed, 0, 0, Padded: true);
        }

        var columns = node.Shape.Last.Size;
        if (packed || columns == 1)
        {
            return new Buffer(BufferKind.Arena, 0, columns, Padded: columns % 16 == 0);
        }

        // Rows a multiple of 1 KiB apart would fall into the same few sets of the first-level cache.
        var stride = Padding.To16(columns);
        return new Buffer(BufferKind.Arena, 0, stride % 256 == 0 ? stride + 16 : stride, Padded: true);
    }

    private static int Weights(Node node) => Padding.To16(node.Shape[0].Size) * node.Shape[1].Size;
}
