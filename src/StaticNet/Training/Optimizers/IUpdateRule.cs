namespace StaticNet.Execution;

/// <summary>The arithmetic of an optimizer on one register of parameters.</summary>
internal interface IUpdateRule
{
    /// <summary>The new parameters from the old ones and their gradients; states are read and written in place.</summary>
    TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Writes the numbers of the rule, in the order in which the kernel of a device reads them; gives the kernel's name.</summary>
    string Describe(Span<float> numbers);
}
