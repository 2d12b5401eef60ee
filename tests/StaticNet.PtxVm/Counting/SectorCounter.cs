using System.Numerics;
using StaticNet.PtxVm.Memory;

namespace StaticNet.PtxVm.Counting;

/// <summary>Counts the sectors that an access of a warp to global memory asks for.</summary>
internal sealed class SectorCounter(KernelCounts counts, uint launch)
{
    private readonly MemoryBlock[] blocks = new MemoryBlock[64];
    private readonly ulong[] sectors = new ulong[64];
    private readonly uint[] bytes = new uint[64];
    private int length;

    /// <summary>Notes the bytes of a lane, which lie in one sector.</summary>
    public void Add(MemoryBlock block, ulong address, int size)
    {
        var sector = address >> 5;
        var mask = (uint)(((1UL << size) - 1) << (int)(address & 31));
        for (var index = length - 1; index >= 0; index--)
        {
            if (sectors[index] == sector)
            {
                bytes[index] |= mask;
                return;
            }
        }

        (blocks[length], sectors[length], bytes[length]) = (block, sector, mask);
        length++;
    }

    /// <summary>Notes bytes that follow each other.</summary>
    public void AddRow(MemoryBlock block, ulong address, int size)
    {
        for (var (start, end) = (address, address + (uint)size); start < end;)
        {
            var next = Math.Min((start | 31) + 1, end);
            (blocks[length], sectors[length]) = (block, start >> 5);
            bytes[length++] = (uint)(((1UL << (int)(next - start)) - 1) << (int)(start & 31));
            start = next;
        }
    }

    /// <summary>Ends the access of an instruction.</summary>
    public void Finish(int instruction, bool isStore, int lanes, int size)
    {
        var useful = 0L;
        for (var index = 0; index < length; index++)
        {
            useful += BitOperations.PopCount(bytes[index]);
            var (isNew, isUntouched) = blocks[index].Sectors.Add(launch, (long)(sectors[index] - (blocks[index].Start >> 5)), isStore);
            counts.DistinctSectors += isUntouched ? 1 : 0;
            if (!isNew)
                continue;

            if (isStore)
                counts.DistinctStoreSectors++;
            else
                counts.DistinctLoadSectors++;
        }

        if (isStore)
            counts.RequestedStoreSectors += length;
        else
            counts.RequestedLoadSectors += length;

        counts.SectorBytes += useful;
        counts.GlobalBytes += (long)lanes * size;
        counts.GlobalBytesBy16 += size == 16 ? (long)lanes * size : 0;
        counts.ByInstruction[instruction].Sectors += length;
        counts.ByInstruction[instruction].SectorBytes += useful;
        length = 0;
    }
}
