namespace StaticNet;

/// <summary>The sum, element by element, of values of one shape: for residual connections.</summary>
/// <param name="names">
/// What joins. One name joins the value of the layer before: <c>[Add("skip")]</c>. Two or more are all there is:
/// <c>[Add("a", "b")]</c>. With <see cref="LayerAttribute.From"/> its value comes first in either case.
/// </param>
public sealed class AddAttribute(params string[] names) : LayerAttribute
{
    /// <summary>The names of what joins, in order.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
