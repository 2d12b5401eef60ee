using System.Runtime.InteropServices;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests;

/// <summary>
/// Memory of which each block ends where a page begins that must not be touched, or begins right behind one. Whoever reads or writes a
/// byte too many ends the process there.
/// </summary>
internal sealed partial class GuardedMemory(bool atEnd) : IMemorySource, IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private static readonly nuint s_page = (nuint)Environment.SystemPageSize;

    private readonly Dictionary<nint, (nint Start, nuint Length)> _blocks = [];

    /// <summary>Whether the system's calls are those that this class makes.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    public nint Allocate(nuint bytes)
    {
        var inside = Math.Max(1, (bytes + s_page - 1) / s_page) * s_page;
        var length = inside + (2 * s_page);
        var start = Map(0, length, protection: 0, PrivateAnonymous, -1, 0);
        if (start == -1 || Protect(start + (nint)s_page, inside, ReadWrite) != 0)
            throw new InvalidOperationException("The system gives no memory with guard pages.");
        var block = start + (nint)s_page + (atEnd ? (nint)(inside - bytes) : 0);
        lock (_blocks)
            _blocks.Add(block, (start, length));
        return block;
    }

    public void Free(nint address)
    {
        lock (_blocks)
        {
            // Owners that were not disposed of come here from the finalizer, when everything may be gone already.
            if (_blocks.Remove(address, out var block) && Unmap(block.Start, block.Length) != 0)
                throw new InvalidOperationException("The system does not take its memory back.");
        }
    }

    /// <summary>A copy of values in a block of their own.</summary>
    public nint Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        var block = Allocate((nuint)bytes.Length);
        bytes.CopyTo(Span<byte>(block, bytes.Length));
        return block;
    }

    public static unsafe Span<T> Span<T>(nint block, int length)
        where T : unmanaged => new((void*)block, length);

    public void Dispose()
    {
        foreach (var block in _blocks.Keys.ToArray())
            Free(block);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);
}
