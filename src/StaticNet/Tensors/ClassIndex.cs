namespace StaticNet;

/// <summary>A target that is the index of a class, 0 to <typeparamref name="TClasses"/> - 1: one <see cref="int"/> a sample.</summary>
/// <typeparam name="TClasses">The number of classes.</typeparam>
public readonly struct ClassIndex<TClasses> : ITarget
    where TClasses : IDimension
{
    /// <inheritdoc/>
    public static int Length => 1;

    /// <inheritdoc/>
    public static int Classes => TClasses.Size;

    /// <inheritdoc/>
    public static string Text => $"class of {TClasses.Size}";
}
