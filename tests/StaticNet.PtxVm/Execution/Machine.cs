using System.Runtime.InteropServices;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Memory;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Execution;

/// <summary>A device: global memory, and kernels that run on it one after another.</summary>
public sealed class Machine : IDisposable
{
    /// <summary>The most shared memory that a CTA of <c>sm_80</c> can have, in bytes.</summary>
    public const int MaximumShared = 163 * 1024;

    private readonly Dictionary<Kernel, Program> programs = [];
    private uint nextCta = 1;

    public GlobalMemory Memory { get; } = new();

    /// <summary>Executes a kernel to its end and returns what it did.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="grid">CTAs in each direction.</param>
    /// <param name="block">Threads of a CTA in each direction.</param>
    /// <param name="dynamicShared">Bytes of the kernel's external shared array.</param>
    /// <param name="arguments">A number for each parameter, of just its size; addresses are <see cref="ulong"/>.</param>
    /// <param name="options">What to choose where a device has a choice.</param>
    /// <exception cref="KernelFaultException">The kernel did what it must not; memory is as it was then.</exception>
    /// <exception cref="PtxSyntaxException">The kernel names what is not declared.</exception>
    /// <exception cref="ArgumentException">The launch does not fit the kernel.</exception>
    public KernelCounts Launch(
        Kernel kernel, Dim3 grid, Dim3 block, int dynamicShared, ReadOnlySpan<object> arguments, LaunchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (arguments.Length != kernel.Parameters.Count)
            throw new ArgumentException($"{kernel.Name} has {kernel.Parameters.Count} parameters, not {arguments.Length}.", nameof(arguments));

        var parameters = new byte[kernel.ParameterSize];
        for (var index = 0; index < arguments.Length; index++)
            Write(kernel.Parameters[index], arguments[index], parameters);

        return LaunchWith(parameters, kernel, grid, block, dynamicShared, options);
    }

    /// <summary>As <see cref="Launch"/>, with the parameters as they lie in memory.</summary>
    public KernelCounts LaunchWith(byte[] parameters, Kernel kernel, Dim3 grid, Dim3 block, int dynamicShared, LaunchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Length != kernel.ParameterSize)
            throw new ArgumentException($"{kernel.Name} has {kernel.ParameterSize} bytes of parameters, not {parameters.Length}.", nameof(parameters));

        if (FindProblem(kernel, grid, block, dynamicShared) is { } problem)
            throw new ArgumentException($"{kernel.Name}: {problem}.");

        using var launch = new Grid(Program(kernel), grid, block, dynamicShared, parameters, Memory, options ?? LaunchOptions.Default, nextCta);
        nextCta = checked(nextCta + (uint)grid.Count);
        return launch.Run();
    }

    public void Dispose() => Memory.Dispose();

    /// <summary>Returns what is wrong with the extents of a launch, or null.</summary>
    internal static string? FindProblem(Kernel kernel, Dim3 grid, Dim3 block, int dynamicShared)
    {
        if (grid.X < 1 || grid.Y is < 1 or > 65535 || grid.Z is < 1 or > 65535)
            return $"grid {grid} is out of range";

        if (block.X < 1 || block.Y < 1 || block.Z is < 1 or > 64 || block.Count > 1024)
            return $"block {block} is out of range";

        if (kernel.RequiredThreads is { } required && required != (block.X, block.Y, block.Z))
            return $"block {block} where .reqntid asks for {required}";

        if (kernel.MaximumThreads is var (x, y, z) && block.Count > (long)x * y * z)
            return $"block {block} has more threads than .maxntid {(x, y, z)}";

        return dynamicShared < 0 || kernel.StaticSharedSize + dynamicShared > MaximumShared
            ? $"{kernel.StaticSharedSize} + {dynamicShared} bytes of shared memory"
            : null;
    }

    internal Program Program(Kernel kernel)
    {
        if (!programs.TryGetValue(kernel, out var program))
            programs[kernel] = program = Decoder.Decode(kernel);

        return program;
    }

    private static void Write(Parameter parameter, object value, byte[] to)
    {
        Span<byte> bytes = stackalloc byte[8];
        var size = value switch
        {
            int number => Put(bytes, number),
            uint number => Put(bytes, number),
            long number => Put(bytes, number),
            ulong number => Put(bytes, number),
            float number => Put(bytes, number),
            double number => Put(bytes, number),
            _ => throw new ArgumentException($"A {value.GetType()} cannot be an argument."),
        };
        if (size != parameter.Size)
            throw new ArgumentException($"Parameter {parameter.Name} has {parameter.Size} bytes, its argument {size}.");

        bytes[..size].CopyTo(to.AsSpan(parameter.Offset));
    }

    private static int Put<T>(Span<byte> to, T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(to, value);
        return System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
    }
}
