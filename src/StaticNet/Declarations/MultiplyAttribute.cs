namespace StaticNet;

/// <summary>The product, element by element, of values of one shape: for gates.</summary>
/// <param name="names">
/// What joins. One name joins the value of the layer before: <c>[Multiply("gate")]</c>. Two or more are all there is:
/// <c>[Multiply("a", "b")]</c>. With <see cref="LayerAttribute.From"/> its value comes first in either case.
/// </param>
public sealed class MultiplyAttribute(params string[] names) : LayerAttribute
{
    /// <summary>The names of what joins, in order.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
