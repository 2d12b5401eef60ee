namespace StaticNet;

/// <summary>What training makes small: the last line of a declaration. The loss of a batch is the mean of its samples' losses.</summary>
public abstract class LossAttribute : DeclarationAttribute
{
    private protected LossAttribute()
    {
    }

    /// <summary>The name of the layer whose value is the network's output, instead of the last one.</summary>
    public string? From { get; set; }
}
