namespace StaticNet;

/// <summary>The mean over the elements of a sample of <c>(y − t)²</c>, t being a target of the output's shape.</summary>
public sealed class MeanSquaredErrorAttribute : LossAttribute
{
    /// <summary>Whether half of it is meant, whose derivative is <c>y − t</c> without a factor of 2.</summary>
    public bool Half { get; set; }
}
