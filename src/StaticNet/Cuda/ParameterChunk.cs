using System.Runtime.InteropServices;
using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>
/// What one block of an optimizer's kernel works on: a range of one parameter, and how its gradient is shaped. As it lies in the device's
/// memory.
/// </summary>
/// <param name="Offset">Where it begins in the arena, in bytes.</param>
/// <param name="Vectors">Vectors of four floats.</param>
/// <param name="L1">λ of λ·Σ|w|.</param>
/// <param name="TwiceL2">2λ of λ·Σw².</param>
/// <param name="Limit">Bound of each element of the gradient.</param>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal readonly record struct ParameterChunk(
    [field: FieldOffset(0)] ulong Offset,
    [field: FieldOffset(8)] ulong Vectors,
    [field: FieldOffset(16)] float L1,
    [field: FieldOffset(20)] float TwiceL2,
    [field: FieldOffset(24)] float Limit)
{
    /// <summary>Its size.</summary>
    public const int Bytes = 32;

    /// <summary>Floats of a chunk, but for the last of a parameter: two vectors for each thread of a block.</summary>
    public const int Floats = 2048;

    /// <summary>How many chunks a parameter makes.</summary>
    public static int Count(ParameterInfo parameter) => checked((int)((parameter.Layout.Length + Floats - 1) / Floats));

    /// <summary>Cuts parameters into chunks.</summary>
    public static ParameterChunk[] Cut(IEnumerable<ParameterInfo> parameters, Func<ParameterInfo, GradientShaping> shaping) =>
        [.. parameters.SelectMany(parameter => Cut(parameter, shaping(parameter)))];

    private static IEnumerable<ParameterChunk> Cut(ParameterInfo parameter, GradientShaping shaping)
    {
        for (var done = 0L; done < parameter.Layout.Length; done += Floats)
        {
            var floats = Math.Min(Floats, parameter.Layout.Length - done);
            yield return new ParameterChunk(
                (ulong)((parameter.Offset + done) * sizeof(float)), (ulong)(floats / 4), shaping.L1, shaping.TwiceL2, shaping.Limit);
        }
    }
}
