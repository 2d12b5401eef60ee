using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>
/// Elementary functions for generated kernels, the same code at 512, 256 and 128 bits.
/// </summary>
/// <remarks>
/// <para>
/// Each function uses only arithmetic that rounds alike in every lane of every vector width (add, multiply, divide, fused
/// multiply-add, integer shifts), so a value depends on its argument alone: not on the width, the platform's C library or the
/// place in the vector. At 128 bits <c>MultiplyAddEstimate</c> is a fused multiply-add wherever the hardware has one; elsewhere
/// it is a multiply and an add, and results may then differ in the last bits.
/// </para>
/// <para>
/// The largest errors over all 2³² floats, in ulp: log 0.94, exp 1.30, log1p 1.55, expm1 1.59, erf 3.13, sigmoid 3.20, tanh 3.36.
/// NaN propagates. Results of exp and sigmoid that would be subnormal are zero. No tables and no branches: a caller keeps its
/// vectors in registers.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    private const float Ln2 = 0.69314718f;

    // ln 2 in two parts. The first has 15 significant bits, so that its product with an exponent (8 bits) is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.42860677e-6f;
    private const float InverseLn2 = 1.44269502f;

    // Adding 1.5·2²³ rounds to an integer and leaves that integer in the low bits: no conversion is needed.
    private const float RoundingShift = 12582912f;

    private const int SignBit = int.MinValue;
    private const int ExponentShift = 23;
    private const int ExponentBias = 127;
}
