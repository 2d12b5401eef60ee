namespace StaticNet.PtxVm.Checks;

internal enum AccessKind
{
    Read,
    Write,

    /// <summary>An atomic operation, or a store that is <c>.volatile</c>, <c>.relaxed</c> or <c>.release</c>.</summary>
    Atomic,

    /// <summary>A load that is <c>.volatile</c>, <c>.relaxed</c> or <c>.acquire</c>.</summary>
    AtomicRead,
}

/// <summary>
/// Who used a word of memory last. CTAs are numbered over all launches, from 1; times are counted by each CTA from 1, so that zeros mean
/// nobody and never.
/// </summary>
internal struct RaceCell
{
    public uint WriterCta;
    public uint WriterTime;
    public uint ReaderCta;
    public uint ReaderTime;

    /// <summary>A bit for each warp that read at <see cref="ReaderTime"/>.</summary>
    public uint ReaderWarps;
    public byte WriterWarp;

    /// <summary>A bit for each of the four bytes.</summary>
    public byte WriterBytes;
    public byte ReaderBytes;
    public AccessState State;

    /// <summary>The writing warp's barriers until then, those of the warp alone included.</summary>
    public uint WriterStep;
    public byte WriterLane;

    /// <summary>The low bits of the place of the writing instruction.</summary>
    public ushort WriterPc;
}

[Flags]
internal enum AccessState : byte
{
    None = 0,
    WrittenAtomically = 1,
    ReadByManyCtas = 2,
}
