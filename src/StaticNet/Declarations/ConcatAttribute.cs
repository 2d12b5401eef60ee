namespace StaticNet;

/// <summary>Values one after the other along the last axis, the other axes being equal: [a, i], [a, j] → [a, i + j].</summary>
/// <param name="names">
/// What joins. One name comes after the value of the layer before: <c>[Concat("skip")]</c>. Two or more are all there is:
/// <c>[Concat("a", "b")]</c>. With <see cref="LayerAttribute.From"/> its value comes first in either case.
/// </param>
public sealed class ConcatAttribute(params string[] names) : LayerAttribute
{
    /// <summary>The names of what joins, in order.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
