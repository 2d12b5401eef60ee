using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace StaticNet.Execution;

/// <summary>
/// A zeroed block of native memory for floats, aligned to a cache line (64 bytes, one 512-bit vector), that never moves.
/// Networks keep parameters, activations and optimizer state in such blocks.
/// </summary>
/// <remarks>
/// The block is freed by <see cref="Dispose"/>, or by the finalizer if its owner forgot. Code that works on the bare
/// <see cref="Address"/> has to keep the owner reachable until it is done (<see cref="GC.KeepAlive"/>).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AlignedMemory : IDisposable
{
    /// <summary>Alignment of <see cref="Address"/> in bytes.</summary>
    public const int Alignment = 64;

    private readonly IMemorySource? _source = Source;
    private nint _address;

    /// <summary>Allocates <paramref name="length"/> floats, all zero.</summary>
    /// <param name="length">Number of floats; 0 gives a block that has an address but no elements.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or beyond the address space.</exception>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public AlignedMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, (long.MaxValue / sizeof(float)) - Alignment);

        Length = length;
        var bytes = checked((nuint)Size);
        _address = _source is null ? (nint)NativeMemory.AlignedAlloc(bytes, Alignment) : _source.Allocate(bytes);
        NativeMemory.Clear((void*)_address, bytes);
        GC.AddMemoryPressure(Size);
    }

    /// <summary>Frees the block of an owner that was not disposed.</summary>
    ~AlignedMemory() => Free();

    /// <summary>Where this thread's blocks come from instead of the system's heap: tests put them between guard pages.</summary>
    [field: ThreadStatic]
    internal static IMemorySource? Source { get; set; }

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>Address of the first float, a multiple of <see cref="Alignment"/>.</summary>
    /// <exception cref="ObjectDisposedException">The block was freed.</exception>
    public nint Address
    {
        get
        {
            if (_address == 0) ThrowDisposed();
            return _address;
        }
    }

    /// <summary>All floats.</summary>
    /// <exception cref="ObjectDisposedException">The block was freed.</exception>
    /// <exception cref="OverflowException">The block is longer than a span can be.</exception>
    public Span<float> Span => new((void*)Address, checked((int)Length));

    // Whole cache lines, at least one: a vector that reads past the last float stays inside the block.
    private long Size => Math.Max(Alignment, ((Length * sizeof(float)) + Alignment - 1) / Alignment * Alignment);

    /// <summary>Frees the block. Nothing may use its address or spans afterwards.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        var address = Interlocked.Exchange(ref _address, 0);
        if (address == 0) return;
        if (_source is null) NativeMemory.AlignedFree((void*)address);
        else _source.Free(address);
        GC.RemoveMemoryPressure(Size);
    }

    [DoesNotReturn]
    private static void ThrowDisposed() =>
        throw new ObjectDisposedException(nameof(AlignedMemory), "The memory of this network was freed by Dispose.");
}
