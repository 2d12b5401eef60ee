using StaticNet.Cuda;
using StaticNet.Cuda.Kernels;
using StaticNet.Execution;
using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;
using DeviceMemory = StaticNet.Ptx.Tests.Harness.DeviceMemory;
using Panels = StaticNet.Generators.Passes.Padding;

namespace StaticNet.Ptx.Tests.Traffic;

/// <summary>A training step of a declared network, with momentum, as launches on a batch.</summary>
internal sealed class TrainingStep
{
    private const int SectorBytes = 32;

    private const int FloatsOfSector = SectorBytes / sizeof(float);

    private const string Head = $".version 7.4\n.target sm_80\n.address_size 64\n.extern .shared .align 16 .b8 {PtxWriter.DynamicSharedName}[];\n";

    private static readonly UpdateRule s_momentum = UpdateRules.Of("sgd_momentum");

    private readonly int _batch;
    private readonly NetworkProgram _program;

    public TrainingStep(string declaration, int batch)
    {
        var graph = Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Train), GradientSeed.Loss);
        _batch = batch;
        _program = NetworkProgram.Of("Train", PtxPrograms.Prepare(graph), PtxPrograms.OfDevice, PtxContractEmitter.SumFloats);
        PlannedBytes = PlannedTraffic.Bytes(_program, batch);
        Launches = [.. _program.Kernels.SelectMany(kernel => PtxKernels.Of(kernel, _program.Plan)).Select(Launch), Update()];
    }

    /// <inheritdoc cref="PlannedTraffic"/>
    public long PlannedBytes { get; }

    public IReadOnlyList<LaunchTraffic> Launches { get; }

    private LaunchTraffic Launch(PtxKernel kernel)
    {
        var (x, operands) = (kernel.X, kernel.Operands.Items);
        return new(
            PtxModule.Parse(Head + kernel.Text(kernel.Name))[kernel.Name],
            new(x.Of(_batch), kernel.Y.Of(_batch), kernel.Z.Of(_batch)),
            kernel.Threads,
            kernel.SharedBytes,
            x.ItemsPerSample % x.ItemsPerBlock == 0 ? x.Blocks * x.ItemsPerSample / x.ItemsPerBlock : 0,
            machine =>
            {
                var memory = new DeviceMemory(machine, _program.Graph, _program.Plan, _batch);
                return [.. operands.Select(operand => (object)Filled(machine, () => memory.Address(operand.Node, operand.Placement))), (uint)_batch];
            },
            operands.Sum(operand => Sectors(operand.Name, Fuse.Storage(operand.Node), operand.Placement)));
    }

    private LaunchTraffic Update()
    {
        var parameters = new List<ParameterInfo>();
        foreach (var parameter in Parameters.Where(parameter => !parameter.IsState))
        {
            var layout = parameter.Role == ParameterRole.Weight
                ? ParameterLayout.Matrix(parameter.Shape[0], parameter.Columns, parameter.Cells)
                : ParameterLayout.Vector(parameter.Size);
            var last = parameters.LastOrDefault();
            parameters.Add(new(parameter.Name, [.. parameter.Shape], last is null ? 0 : last.Offset + last.Layout.Length, layout));
        }

        var chunks = ParameterChunk.Cut(parameters, _ => GradientShaping.None);
        var arena = sizeof(float) * parameters.Sum(parameter => parameter.Layout.Length);
        return new(
            PtxModule.Parse(UpdateKernels.Text(s_momentum))[UpdateKernels.Entry],
            chunks.Length,
            KernelText.Threads,
            SharedBytes: 0,
            BlocksOfSample: 0,
            machine =>
            [
                Zeros(machine, arena), Zeros(machine, arena), Zeros(machine, arena), 0ul,
                machine.Memory.Allocate<ParameterChunk>(chunks), Zeros(machine, StepBlock.Bytes),
            ],
            ((3 * arena) + (chunks.Length * ParameterChunk.Bytes) + StepBlock.Bytes) / SectorBytes);

        static ulong Zeros(Machine machine, long bytes) => Filled(machine, () => machine.Memory.Allocate(bytes));
    }

    private IEnumerable<ParameterSpec> Parameters => _program.Graph.Parameters.Select(node => ((ParameterOperation)node.Operation).Parameter);

    /// <summary>The sectors of an operand. Nobody touches what is behind the columns of a row.</summary>
    private long Sectors(string name, Node node, Placement place)
    {
        var columns = node.Shape.Last.Size;
        var rows = node.Shape.ConstantSize / columns * (node.Shape.HasBatch ? _batch : 1L);
        return place.Kind switch
        {
            PlacementKind.Step => 1,
            PlacementKind.Parameter or PlacementKind.Gradient => Panels.Floats(Parameters.ElementAt(place.Ordinal)) / FloatsOfSector,
            PlacementKind.Fixed => AllocatedBytes(node, place) / SectorBytes,
            PlacementKind.Arena when name.StartsWith("parts", StringComparison.Ordinal) => AllocatedBytes(node, place) / SectorBytes,
            _ when place.StrideOf(node) == columns => ((rows * columns) + FloatsOfSector - 1) / FloatsOfSector,
            _ => rows * ((columns + FloatsOfSector - 1) / FloatsOfSector),
        };
    }

    private long AllocatedBytes(Node node, Placement place)
    {
        using var machine = new Machine();
        new DeviceMemory(machine, _program.Graph, _program.Plan, _batch).Address(node, place);
        return machine.Memory.LiveBytes;
    }

    /// <summary>Allocates memory that is all zero: counts do not depend on values.</summary>
    private static ulong Filled(Machine machine, Func<ulong> allocate)
    {
        var before = machine.Memory.LiveBytes;
        var address = allocate();
        machine.Memory.Write<byte>(address, new byte[machine.Memory.LiveBytes - before]);
        return address;
    }
}
