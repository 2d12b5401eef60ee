using StaticNet.Execution;
using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Passes;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;
using Kernel = StaticNet.Generators.Passes.Kernel;

namespace StaticNet.Ptx.Tests.Harness;

/// <summary>
/// Cuts a graph into kernels, runs them one after another on the virtual machine, and compares every value that a kernel leaves in memory with
/// the interpreter's.
/// </summary>
internal sealed class DeviceRun
{
    private const string Head = $".version 7.4\n.target sm_80\n.address_size 64\n.extern .shared .align 16 .b8 {PtxWriter.DynamicSharedName}[];\n";

    private readonly Graph _graph;
    private readonly int _batch;
    private readonly double _tolerance;
    private readonly PtxOptions? _options;
    private readonly Dictionary<string, double[]> _bindings;
    private readonly IrInterpreter _reference;
    private readonly IReadOnlyList<Kernel> _kernels;
    private readonly MemoryPlan _plan;

    private DeviceRun(Graph graph, int batch, double tolerance, Dictionary<string, double[]>? bindings, int seed, PtxOptions? options)
    {
        (_graph, _batch, _tolerance, _options) = (graph, batch, tolerance, options);
        IrVerifier.Verify(graph);
        _bindings = (bindings ?? Draws.For(graph, batch, seed)).ToDictionary(b => b.Key, b => Array.ConvertAll(b.Value, x => (double)(float)x));
        _reference = IrInterpreter.Run(
            graph, batch, _bindings, (stream, row, column) => Philox.Uniform(DeviceMemory.RandomKey, DeviceMemory.RandomStep, (uint)stream, row, column),
            IsRounded ? x => (float)x : null, node => Rounding.Of(TileShape.PrecisionOf(node, options ?? PtxOptions.Default)));
        _kernels = Fuse.Run(graph, enabled: true, winograd: false, pool: false);
        _plan = PlanMemory.Run(graph, _kernels, sumFloats: PtxContractEmitter.SumFloats);
    }

    /// <summary>Checks a graph; the kernels that ran, and what each did.</summary>
    /// <param name="graph">A graph that has been simplified, or needs not be.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="tolerance">How far an element may be off, for each unit of the largest of its value.</param>
    /// <param name="bindings">The elements of inputs and parameters; drawn unless given.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="options">How contractions are computed; where there are none, their results are taken from the interpreter instead.</param>
    /// <param name="edit">What is done to the kernels' text first, to see that mistakes are found.</param>
    public static IReadOnlyList<(PtxKernel Kernel, KernelCounts Counts)> Check(
        Graph graph, int batch, double tolerance = 1e-5, Dictionary<string, double[]>? bindings = null, int seed = 1, PtxOptions? options = null,
        Func<string, string>? edit = null)
    {
        var run = new DeviceRun(graph, batch, tolerance, bindings, seed, options);
        var emitted = run._kernels.Select(kernel => run.Emit(kernel)).ToList();
        var all = emitted.SelectMany(list => list ?? []).ToList();
        var text = Head + string.Concat(all.Select((kernel, i) => "\n" + kernel.Text(NameOf(kernel, i))));
        text = edit is null ? text : edit(text);
        var module = PtxModule.Parse(text);
        Assembler.Check(text);
        run.Launch(emitted, module, new() { Order = ScheduleOrder.Interleaved, Seed = seed });
        return [.. all.Zip(run.Launch(emitted, module, new() { Order = ScheduleOrder.Forward }))];
    }

    /// <summary>
    /// Whether rounding may hide the smallest of errors or make them much larger: then every kernel gets just what the interpreter has, whose
    /// values are floats.
    /// </summary>
    private bool IsRounded => _options is { Precision: not ProductPrecision.Float32 };

    private IReadOnlyList<PtxKernel>? Emit(Kernel kernel) => kernel is ContractKernel && _options is null ? null : PtxKernels.Of(kernel, _plan, _options);

    private List<KernelCounts> Launch(List<IReadOnlyList<PtxKernel>?> emitted, PtxModule module, LaunchOptions options)
    {
        using var machine = new Machine();
        var counts = new List<KernelCounts>();
        var memory = new DeviceMemory(machine, _graph, _plan, _batch);
        foreach (var node in _graph.Nodes.Where(node => node.Operation is InputOperation or ParameterOperation))
        {
            memory.Write(node, _plan[node], _reference[node]);
        }

        foreach (var (kernel, launches) in _kernels.Zip(emitted))
        {
            foreach (var launch in launches ?? [])
            {
                object[] arguments = [.. launch.Operands.Items.Select(item => (object)memory.Address(item.Node, item.Placement)), (uint)_batch];
                counts.Add(machine.Launch(
                    module[NameOf(launch, counts.Count)], new(launch.X.Of(_batch), launch.Y.Of(_batch), launch.Z.Of(_batch)), launch.Threads,
                    launch.SharedBytes, arguments, options));
            }

            foreach (var (node, target) in kernel.Writes.Where(node => node.Operation is not ExtentOperation).SelectMany(node => _plan.Targets(node).Select(target => (node, target))))
            {
                if (launches is not null)
                {
                    Compare(memory, node, target);
                }

                if (launches is null || IsRounded)
                {
                    memory.Write(node, target, _reference[node]);
                }
            }
        }

        return counts;
    }

    private void Compare(DeviceMemory memory, Node node, Placement target)
    {
        var expected = _reference[node];
        var actual = memory.Read(node, target, expected.Length);
        var largest = expected.Where(double.IsFinite).Select(Math.Abs).Append(0).Max();
        for (var i = 0; i < expected.Length; i++)
        {
            var isSame = double.IsNaN(expected[i]) ? float.IsNaN(actual[i]) : expected[i] == actual[i] || Math.Abs(actual[i] - expected[i]) <= _tolerance * (largest + 0.01);
            Assert.True(isSame, isSame ? null : $"{node} in {target.Kind}: element {i} is {actual[i]}, not {expected[i]} (largest {largest}).");
        }

        if (target.Kind == PlacementKind.Gradient)
        {
            Assert.True(memory.IsPaddingUntouched(node, target), $"{node}: the padding of its gradient was written.");
        }
    }

    private static string NameOf(PtxKernel kernel, int index) => $"{kernel.Name}_{index}";
}
