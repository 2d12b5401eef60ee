namespace StaticNet.PtxVm.Execution;

/// <summary>Where an instruction gets its addresses: a register of each lane, if it has a size, and a constant.</summary>
internal readonly record struct AddressSource(int RegisterOffset, int RegisterSize, long Offset)
{
    /// <summary>Writes the address of each lane.</summary>
    public unsafe void Compute(byte* registers, ulong* addresses)
    {
        var offset = (ulong)Offset;
        switch (RegisterSize)
        {
            case 8:
                for (var lane = 0; lane < 32; lane++)
                    addresses[lane] = ((ulong*)(registers + RegisterOffset))[lane] + offset;
                break;
            case 4:
                for (var lane = 0; lane < 32; lane++)
                    addresses[lane] = (uint)(((uint*)(registers + RegisterOffset))[lane] + offset);
                break;
            default:
                for (var lane = 0; lane < 32; lane++)
                    addresses[lane] = offset;
                break;
        }
    }
}
