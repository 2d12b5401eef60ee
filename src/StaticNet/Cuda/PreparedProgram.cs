using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>A program whose kernels have been found in the module.</summary>
internal sealed class PreparedProgram
{
    private readonly CudaProgram _program;
    private readonly nint[] _functions;

    public PreparedProgram(NetworkInfo info, ProgramKind kind, CudaProgram program, CudaModule module)
    {
        (Kind, _program, Doing) = (kind, program, $"{kind} of {info.Name}");
        _functions = Array.ConvertAll(program.Launches, launch => module.Function(launch.Kernel, launch.SharedBytes));
        Spaces = program.Launches.SelectMany(launch => launch.Operands).Select(operand => operand.Space).ToHashSet();
    }

    public ProgramKind Kind { get; }

    /// <summary>What it does, for errors.</summary>
    public string Doing { get; }

    /// <summary>What its kernels read and write.</summary>
    public HashSet<CudaSpace> Spaces { get; }

    /// <summary>Bytes of work area for a batch.</summary>
    public long AreaBytes(int batch) => (_program.FixedFloats + (_program.SampleFloats * batch)) * sizeof(float);

    /// <summary>Launches its kernels.</summary>
    public void Launch(CudaStream stream, in Places places)
    {
        var batch = places.Batch.Batch;
        for (var i = 0; i < _functions.Length; i++)
        {
            var launch = _program.Launches[i];
            var arguments = new ulong[launch.Operands.Length + 1];
            for (var operand = 0; operand < launch.Operands.Length; operand++)
            {
                arguments[operand] = places.Of(launch.Operands[operand]);
            }

            arguments[^1] = (uint)batch;
            stream.Launch(
                _functions[i], launch.Layer, (launch.X.Of(batch), launch.Y.Of(batch), launch.Z.Of(batch)), launch.Threads, launch.SharedBytes, arguments);
        }
    }

    /// <summary>Where everything lies that operands name.</summary>
    /// <param name="Parameters">The parameter arena.</param>
    /// <param name="Gradients">The gradient arena.</param>
    /// <param name="Area">The work area.</param>
    /// <param name="Slot">The memory of the batch.</param>
    /// <param name="Batch">What lies where in it.</param>
    public readonly record struct Places(ulong Parameters, ulong Gradients, ulong Area, BatchSlot Slot, BatchLayout Batch)
    {
        /// <summary>Where an operand begins.</summary>
        public ulong Of(in CudaPlace place)
        {
            var origin = place.Space switch
            {
                CudaSpace.Arena => Area,
                CudaSpace.Parameters => Parameters,
                CudaSpace.Gradients => Gradients,
                CudaSpace.Step => Slot.Device + (ulong)Batch.Step.Offset,
                _ => Slot.Device + (ulong)Batch.Part(place.Space, place.Ordinal).Offset,
            };
            return origin + (ulong)((place.Floats + (place.FloatsPerSample * Batch.Batch)) * sizeof(float));
        }
    }
}
