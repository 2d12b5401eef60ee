namespace StaticNet;

/// <summary>
/// The mean over the elements of a sample of <c>|y − t|</c>, t being a target of the output's shape; the derivative at 0 is 0.
/// </summary>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;
