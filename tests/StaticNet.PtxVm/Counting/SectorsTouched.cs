using StaticNet.PtxVm.Memory;

namespace StaticNet.PtxVm.Counting;

/// <summary>Which sectors of 32 bytes of an allocation a launch has loaded and stored: what a cold cache would move.</summary>
internal sealed class SectorsTouched(long bytes)
{
    private Bitmap? loaded;
    private Bitmap? stored;
    private uint launch;

    /// <summary>Notes a sector by its number within the allocation; whether the launch touches it for the first time in this way, and at all.</summary>
    public (bool IsNew, bool IsUntouched) Add(uint current, long sector, bool isStore)
    {
        if (launch != current)
        {
            loaded?.Clear();
            stored?.Clear();
            launch = current;
        }

        var (touched, other) = isStore ? (stored ??= new((bytes / 32) + 1), loaded) : (loaded ??= new((bytes / 32) + 1), stored);
        if (touched[sector])
            return (false, false);

        touched[sector] = true;
        return (true, other is null || !other[sector]);
    }
}
