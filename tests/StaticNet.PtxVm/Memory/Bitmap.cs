namespace StaticNet.PtxVm.Memory;

/// <summary>A bit for each byte of a block.</summary>
internal sealed class Bitmap(long count)
{
    private readonly ulong[] words = new ulong[(count + 63) / 64];

    /// <summary>Tells whether the bits of an access are all set. Its size divides its offset and is 16 at most.</summary>
    public bool All(long offset, int size)
    {
        var mask = Mask(offset, size);
        return (words[offset >> 6] & mask) == mask;
    }

    /// <summary>Tells whether any bit of an access is set.</summary>
    public bool Any(long offset, int size) => (words[offset >> 6] & Mask(offset, size)) != 0;

    public void Set(long offset, int size) => words[offset >> 6] |= Mask(offset, size);

    public void Clear(long offset, int size) => words[offset >> 6] &= ~Mask(offset, size);

    public void Clear() => Array.Clear(words);

    public bool this[long index]
    {
        get => ((words[index >> 6] >> (int)(index & 63)) & 1) != 0;
        set
        {
            var mask = 1UL << (int)(index & 63);
            words[index >> 6] = value ? words[index >> 6] | mask : words[index >> 6] & ~mask;
        }
    }

    /// <summary>Sets the bits of any range.</summary>
    public void SetRange(long start, long length)
    {
        for (var (index, end) = (start, start + length); index < end; index = (index | 63) + 1)
            words[index >> 6] |= WordMask(index, end);
    }

    /// <summary>Tells whether the bits of any range are all set.</summary>
    public bool AllOfRange(long start, long length)
    {
        for (var (index, end) = (start, start + length); index < end; index = (index | 63) + 1)
        {
            var mask = WordMask(index, end);
            if ((words[index >> 6] & mask) != mask)
                return false;
        }

        return true;
    }

    /// <summary>Tells whether any bit of any range is set.</summary>
    public bool AnyOfRange(long start, long length)
    {
        for (var (index, end) = (start, start + length); index < end; index = (index | 63) + 1)
        {
            if ((words[index >> 6] & WordMask(index, end)) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Returns the first bit of a range that is not set, or -1.</summary>
    public long FindUnset(long start, long length)
    {
        for (var index = start; index < start + length;)
        {
            if ((index & 63) == 0 && start + length - index >= 64 && words[index >> 6] == ulong.MaxValue)
                index += 64;
            else if (!this[index])
                return index;
            else
                index++;
        }

        return -1;
    }

    /// <summary>The bits of a word from an index on and before an end.</summary>
    private static ulong WordMask(long index, long end)
    {
        var length = Math.Min(end, (index | 63) + 1) - index;
        return (length == 64 ? ulong.MaxValue : (1UL << (int)length) - 1) << (int)(index & 63);
    }

    private static ulong Mask(long offset, int size) => ((1UL << size) - 1) << (int)(offset & 63);
}
