namespace StaticNet.Execution;

/// <summary>Gives memory and takes it back. Blocks are aligned to <see cref="AlignedMemory.Alignment"/>.</summary>
internal interface IMemorySource
{
    nint Allocate(nuint bytes);

    void Free(nint address);
}
