using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.PtxVm.Counting;

/// <summary>
/// Counts the cycles of an access to shared memory: 32 banks of 4 bytes, each of which serves one word a cycle to any number of lanes.
/// Lanes with 8 bytes go in two halves of the warp, lanes with 16 bytes in four quarters.
/// </summary>
internal static unsafe class BankConflicts
{
    /// <summary>Counts an access of the active lanes.</summary>
    public static void Count(KernelCounts counts, int instruction, ulong* addresses, uint active, int size)
    {
        var lanes = size <= 4 ? 32 : 128 / size;
        for (var first = 0; first < 32; first += lanes)
        {
            var phase = (active >> first) & (uint)((1UL << lanes) - 1);
            if (phase != 0)
                CountPhase(counts, instruction, addresses + first, phase, size);
        }
    }

    /// <summary>Counts an access of all lanes to words that follow each other: none of them share a bank.</summary>
    public static void CountRow(KernelCounts counts, int instruction, int size)
    {
        var phases = Math.Max(size / 4, 1);
        counts.ByInstruction[instruction].SharedCycles += phases;
        counts.SharedCycles += phases;
    }

    /// <summary>Counts one phase: at most 32 words.</summary>
    [SkipLocalsInit]
    public static void CountPhase(KernelCounts counts, int instruction, ulong* addresses, uint active, int size)
    {
        // By bank, how many different words are wanted, and which one was first; the others are in a list, most often an empty one.
        var banks = stackalloc byte[32];
        var first = stackalloc ulong[32];
        var others = stackalloc ulong[32];
        new Span<byte>(banks, 32).Clear();
        var (length, cycles) = (0, 1);
        for (; active != 0; active &= active - 1)
        {
            var address = addresses[BitOperations.TrailingZeroCount(active)];
            for (var word = address >> 2; word < (address + (uint)size + 3) >> 2; word++)
            {
                var bank = word & 31;
                if (banks[bank] == 0)
                {
                    (banks[bank], first[bank]) = (1, word);
                }
                else if (first[bank] != word && !new ReadOnlySpan<ulong>(others, length).Contains(word))
                {
                    others[length++] = word;
                    cycles = Math.Max(cycles, ++banks[bank]);
                }
            }
        }

        ref var own = ref counts.ByInstruction[instruction];
        own.SharedCycles += cycles;
        own.BankConflictCycles += cycles - 1;
        counts.SharedCycles += cycles;
        counts.BankConflictCycles += cycles - 1;
    }
}
