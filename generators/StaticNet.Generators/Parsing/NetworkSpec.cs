using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// A declared network as its source says it: nothing worked out, nothing of the compiler's kept, equal when the declaration is equal.
/// </summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Name">The class.</param>
/// <param name="Accessibility">C# keywords: <c>public</c>, <c>internal</c>.</param>
/// <param name="Layers">The attributes in source order, inputs and losses included.</param>
/// <param name="Findings">What is wrong with the class itself: not partial, nested, generic, spread over declarations.</param>
internal sealed record NetworkSpec(
    string Namespace, string Name, string Accessibility, EquatableArray<LayerSpec> Layers, EquatableArray<Finding> Findings)
{
    /// <summary>The name with its namespace, without the <c>@</c> of keywords.</summary>
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace.Replace("@", "")}.{Name}";

    /// <summary>Whether another half of the class would compile, whatever else is wrong with it.</summary>
    public bool CanHaveMembers => Findings.All(finding => finding.Rule is Rules.NotPartial or Rules.SpreadLayers);
}

/// <summary>One layer attribute.</summary>
/// <param name="Kind">The attribute's class without its suffix: <c>Dense</c>.</param>
/// <param name="Arguments">Constructor and named arguments that were written, by the name of their parameter or property.</param>
/// <param name="IsBroken">Whether the compiler itself rejects it: nothing more is said about it, nor about what follows from it.</param>
internal sealed record LayerSpec(string Kind, EquatableArray<ArgumentSpec> Arguments, bool IsBroken = false);

/// <summary>One argument of an attribute.</summary>
/// <param name="Name">The constructor parameter (camel case) or property (Pascal case).</param>
/// <param name="Position">The place in the attribute's argument list as written, for the squiggle.</param>
/// <param name="Value">int, long, double, bool, string, or an <see cref="EquatableArray{T}"/> of int or string; enums as int; null.</param>
/// <param name="IsExpanded">Whether the elements of an array were written one by one, the first at <paramref name="Position"/>.</param>
internal sealed record ArgumentSpec(string Name, int Position, object? Value, bool IsExpanded = false);

/// <summary>
/// Something wrong with a declaration, without a location: the analyzer finds the attribute and the argument in the syntax.
/// </summary>
/// <param name="Rule">The id of the diagnostic: <c>SN0003</c>.</param>
/// <param name="Layer">The index of the attribute, -1 for the class.</param>
/// <param name="Argument">The position of the argument in the attribute, -1 for the whole attribute.</param>
/// <param name="Values">What the message is filled with.</param>
/// <param name="Related">The index of another attribute that takes part, -1 for none.</param>
internal sealed record Finding(string Rule, int Layer, int Argument, EquatableArray<string> Values, int Related = -1);
