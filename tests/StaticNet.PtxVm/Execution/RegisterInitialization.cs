using System.Runtime.InteropServices;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary>Fills the parts of a register file that instructions only read.</summary>
internal static unsafe class RegisterInitialization
{
    private const string CtaPosition = "%ctaid";

    /// <summary>Poisons the file and writes its constants.</summary>
    public static void Constants(Warp warp, RegisterLayout layout)
    {
        NativeMemory.Fill(warp.Registers, (nuint)layout.Size, 0xFF);
        foreach (var ((size, bits), slot) in layout.Constants)
        {
            for (var lane = 0; lane < 32; lane++)
                Operations.RegisterValue.Write(warp.Registers + slot.Offset, lane, size, bits);
        }
    }

    /// <summary>Writes the special registers that are the same in every CTA.</summary>
    public static void Specials(Warp warp, RegisterLayout layout)
    {
        foreach (var (name, slot) in layout.Specials)
        {
            for (var lane = 0; lane < 32; lane++)
                ((uint*)(warp.Registers + slot.Offset))[lane] = Value(name, warp, lane);
        }
    }

    /// <summary>Writes the special registers that say which CTA of the grid it is.</summary>
    public static void Position(Warp warp, RegisterLayout layout)
    {
        foreach (var (name, slot) in layout.Specials)
        {
            if (name.StartsWith(CtaPosition, StringComparison.Ordinal))
                new Span<uint>(warp.Registers + slot.Offset, 32).Fill(Component(warp.Cta.Position, name));
        }
    }

    private static uint Value(string name, Warp warp, int lane)
    {
        var (cta, grid) = (warp.Cta, warp.Cta.Grid);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? name : name[..dot]) switch
        {
            "%tid" => Component(grid.Block.At((32 * warp.Index) + lane), name),
            "%ntid" => Component(grid.Block, name),
            CtaPosition => Component(cta.Position, name),
            "%nctaid" => Component(grid.Extent, name),
            "%laneid" => (uint)lane,
            "%lanemask_eq" => 1u << lane,
            "%lanemask_lt" => (1u << lane) - 1,
            "%lanemask_le" => (2u << lane) - 1,
            "%lanemask_gt" => ~((2u << lane) - 1),
            _ => ~((1u << lane) - 1),
        };
    }

    private static uint Component(Dim3 value, string name) => (uint)(name[^1] switch { 'x' => value.X, 'y' => value.Y, _ => value.Z });
}
