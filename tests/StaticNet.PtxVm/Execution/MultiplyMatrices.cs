using System.Runtime.Intrinsics;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary>How the registers of <c>mma</c> hold elements of A and B.</summary>
internal enum MatrixElement
{
    /// <summary>Two of 16 bits a register.</summary>
    BFloat16,

    /// <summary>Two of 16 bits a register.</summary>
    Half,

    /// <summary>One a register; the 13 lower bits are not read.</summary>
    TensorFloat32,
}

/// <summary>
/// <c>mma.sync.aligned.m16n8k*</c>: D = A·B + C with A 16×k by rows, B k×8 by columns, C and D 16×8 of float32. The sum of an element is
/// rounded once, at its end: what a device does between is not specified.
/// </summary>
internal sealed unsafe class MultiplyMatrices : Instruction
{
    private readonly Slot[] d;
    private readonly Slot[] a;
    private readonly Slot[] b;
    private readonly Slot[] c;
    private readonly MatrixElement element;
    private readonly int depth;

    public MultiplyMatrices(Slot[] d, Slot[] a, Slot[] b, Slot[] c, MatrixElement element)
    {
        (this.d, this.a, this.b, this.c, this.element) = (d, a, b, c, element);
        depth = b.Length * (element == MatrixElement.TensorFloat32 ? 4 : 8);
        FloatingPointOperations = 2 * 16 * 8 * depth / 32;
    }

    public override void Execute(Warp warp, uint active)
    {
        warp.RequireAllLanes(active);
        var left = stackalloc double[16 * 16];
        var right = stackalloc double[16 * 8];
        var sums = stackalloc double[8];
        // Results may go to any of the registers that are read.
        var accumulators = stackalloc float[4 * 32];
        for (var register = 0; register < 4; register++)
            new ReadOnlySpan<float>(warp.Registers + c[register].Offset, 32).CopyTo(new(accumulators + (32 * register), 32));

        GatherLeft(warp, left);
        GatherRight(warp, right);
        for (var row = 0; row < 16; row++)
        {
            var sum = Vector512<double>.Zero;
            for (var k = 0; k < depth; k++)
                sum += Vector512.Create(left[(row * 16) + k]) * Vector512.Load(right + (8 * k));

            sum.Store(sums);
            Scatter(warp, row, sums, accumulators);
        }
    }

    /// <summary>Row r is with the lanes 4·(r mod 8) and the next three, two columns each.</summary>
    private void Scatter(Warp warp, int row, double* sums, float* accumulators)
    {
        for (var odd = 0; odd < 2; odd++)
        {
            var register = (2 * (row / 8)) + odd;
            var to = (float*)(warp.Registers + d[register].Offset) + (4 * (row % 8));
            var from = accumulators + (32 * register) + (4 * (row % 8));
            for (var lane = 0; lane < 4; lane++)
                to[lane] = (float)(sums[(2 * lane) + odd] + from[lane]);
        }
    }

    /// <summary>Register i of A has rows 8·(i mod 2) and columns half a depth apart, or a whole one where there are two registers.</summary>
    private void GatherLeft(Warp warp, double* left)
    {
        for (var register = 0; register < a.Length; register++)
        {
            var bits = (uint*)(warp.Registers + a[register].Offset);
            for (var lane = 0; lane < 32; lane++)
            {
                var row = (lane / 4) + (8 * (register % 2));
                Split(bits[lane], lane % 4, register / 2, left + (row * 16), 1);
            }
        }
    }

    private void GatherRight(Warp warp, double* right)
    {
        for (var register = 0; register < b.Length; register++)
        {
            var bits = (uint*)(warp.Registers + b[register].Offset);
            for (var lane = 0; lane < 32; lane++)
            {
                var column = lane / 4;
                Split(bits[lane], lane % 4, register, right + column, 8);
            }
        }
    }

    /// <summary>Writes the elements of a register to their places along k, which are <paramref name="stride"/> apart.</summary>
    private void Split(uint bits, int quad, int half, double* to, int stride)
    {
        if (element == MatrixElement.TensorFloat32)
        {
            to[(quad + (4 * half)) * stride] = BitConverter.UInt32BitsToSingle(bits & 0xFFFFE000);
            return;
        }

        var isHalf = element == MatrixElement.Half;
        var first = (2 * quad) + (8 * half);
        to[first * stride] = isHalf ? (double)BitConverter.UInt16BitsToHalf((ushort)bits) : BitConverter.UInt32BitsToSingle(bits << 16);
        to[(first + 1) * stride] = isHalf ? (double)BitConverter.UInt16BitsToHalf((ushort)(bits >> 16)) : BitConverter.UInt32BitsToSingle(bits & 0xFFFF0000);
    }
}
