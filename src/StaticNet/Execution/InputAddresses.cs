namespace StaticNet.Execution;

/// <summary>Where the samples of each input of a network begin, or their gradients; zero for what there is not.</summary>
internal readonly record struct InputAddresses(nint First, nint Second = 0, nint Third = 0, nint Fourth = 0)
{
    /// <summary>Inputs in one block: all samples of the first, then all of the second.</summary>
    public static InputAddresses InBlock(NetworkInfo network, int batch, nint block)
    {
        var sizes = network.InputSizes;
        var second = Next(block, 1);
        var third = Next(second, 2);
        return new InputAddresses(block, second, third, Next(third, 3));

        nint Next(nint previous, int input) =>
            previous == 0 || input >= sizes.Length ? 0 : previous + (nint)((long)batch * sizes[input - 1] * sizeof(float));
    }

    /// <summary>An input by its ordinal.</summary>
    public nint Of(int ordinal) => ordinal switch { 0 => First, 1 => Second, 2 => Third, _ => Fourth };

    /// <summary>The samples from one on.</summary>
    public InputAddresses From(NetworkInfo network, int first)
    {
        return new InputAddresses(Of(First, 0), Of(Second, 1), Of(Third, 2), Of(Fourth, 3));

        nint Of(nint address, int input) => address == 0 || first == 0 ? address : address + (nint)((long)first * network.InputSizes[input] * sizeof(float));
    }
}
