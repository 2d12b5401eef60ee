namespace StaticNet.PtxVm.Memory;

/// <summary>Which words of a block the current launch reads through <c>.nc</c>, and so must not write.</summary>
internal sealed class ReadOnlyWords(long bytes)
{
    private Bitmap? words;
    private uint launch;

    /// <summary>Notes a load. A launch is known by the number of its first CTA.</summary>
    public void Add(uint current, long offset, int size)
    {
        words ??= new((bytes / 4) + 16);
        if (launch != current)
            words.Clear();

        launch = current;
        words.Set(offset >> 2, Math.Max(size / 4, 1));
    }

    /// <summary>As <see cref="Add"/>, for any number of words.</summary>
    public void AddRange(uint current, long offset, int size)
    {
        Add(current, offset, 4);
        words!.SetRange(offset >> 2, size >> 2);
    }

    /// <summary>As <see cref="Overlaps"/>, for any number of words.</summary>
    public bool OverlapsRange(uint current, long offset, int size) =>
        words is not null && launch == current && words.AnyOfRange(offset >> 2, size >> 2);

    /// <summary>Tells whether a write touches what the launch reads through <c>.nc</c>.</summary>
    public bool Overlaps(uint current, long offset, int size) =>
        words is not null && launch == current && words.Any(offset >> 2, Math.Max(size / 4, 1));
}
