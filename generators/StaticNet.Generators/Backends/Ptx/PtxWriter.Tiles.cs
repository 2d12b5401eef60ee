using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <content>What products need besides.</content>
internal sealed partial class PtxWriter
{
    /// <summary>register ← register + value, of words or floats.</summary>
    public void Increase(PtxValue register, PtxValue value)
    {
        Require(register.Type, value);
        RequireVariables(register);
        Emit(register.Type == PtxType.Float ? "add.rn.f32" : "add.u32", register, register, value);
    }

    /// <summary>A float with 11 bits of significand: the nearest, of two the larger in magnitude.</summary>
    public PtxValue ToTensorFloat32(PtxValue x)
    {
        Require(PtxType.Float, x);
        return Result("cvt.rna.tf32.f32", PtxType.Word, x);
    }

    /// <summary>
    /// Four matrices of eight rows of four words in shared memory: lane t gets word t mod 4 of row t / 4 of each.
    /// </summary>
    /// <param name="row">The address of row t mod 8 of matrix t / 8 in lane t, a multiple of 16.</param>
    /// <param name="byteOffset">Is added to it.</param>
    public PtxValue[] LoadMatrices(PtxValue row, int byteOffset)
    {
        Require(PtxType.Word, row);
        PtxValue[] words = [.. Enumerable.Range(0, 4).Select(_ => Fresh(PtxType.Word))];
        Emit("ldmatrix.sync.aligned.m8n8.x4.shared.b16", Tuple(words), Place(row, byteOffset));
        return words;
    }

    /// <summary>The floats whose bits are in two words, as bfloat16 in one: the nearest, of two the even one.</summary>
    public PtxValue ToBFloat16Pair(PtxValue low, PtxValue high)
    {
        Require(PtxType.Word, low, high);
        return Result("cvt.rn.bf16x2.f32", PtxType.Word, high, low);
    }

    /// <summary>
    /// sums ← a · b + sums, for all lanes of a warp together: 16 rows, 8 columns, and 8 terms of TensorFloat-32 or 16 of bfloat16, as the manual
    /// spreads them over lanes.
    /// </summary>
    public void MultiplyMatrices(ProductPrecision precision, PtxValue[] sums, PtxValue[] a, PtxValue[] b)
    {
        Require(PtxType.Float, sums);
        RequireVariables(sums);
        Require(PtxType.Word, [.. a, .. b]);
        var shape = precision == ProductPrecision.BFloat16 ? "m16n8k16.row.col.f32.bf16.bf16.f32" : "m16n8k8.row.col.f32.tf32.tf32.f32";
        Emit($"mma.sync.aligned.{shape}", Tuple(sums), Tuple(a), Tuple(b), Tuple(sums));
    }
}
