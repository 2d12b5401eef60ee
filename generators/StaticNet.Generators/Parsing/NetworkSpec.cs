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
    /// <summary>Whether only plain sums will do.</summary>
    public bool IsExact { get; init; }

    /// <summary>What products are computed in on GPUs.</summary>
    public ProductPrecision Precision { get; init; }

    /// <summary>The name with its namespace, without the <c>@</c> of keywords.</summary>
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace.Replace("@", "")}.{Name}";

    /// <summary>Whether another half of the class would compile, whatever else is wrong with it.</summary>
    public bool CanHaveMembers => Findings.All(finding => finding.Rule is Rules.NotPartial or Rules.SpreadLayers);
}

/// <summary>One layer attribute.</summary>
/// <param name="Kind">The attribute's class without its suffix: <c>Dense</c>.</param>
/// <param name="Arguments">Constructor and named arguments that were written, by the name of their parameter or property.</param>
/// <param name="IsBroken">Whether the compiler itself rejects it: nothing more is said about it, nor about what follows from it.</param>
internal sealed record LayerSpec(string Kind, EquatableArray<ArgumentSpec> Arguments, bool IsBroken = false)
{
    /// <summary>The block that it uses.</summary>
    public BlockSpec? Block { get; init; }

    /// <summary>The block that is the shortcut around it.</summary>
    public BlockSpec? Shortcut { get; init; }
}

/// <summary>A block as its class says it.</summary>
/// <param name="Name">The class.</param>
/// <param name="Layers">The attributes in source order; none when it cannot be used.</param>
/// <param name="Problem">Why it cannot be used, placed within the block.</param>
internal sealed record BlockSpec(string Name, EquatableArray<LayerSpec> Layers, Finding? Problem = null);

/// <summary>One argument of an attribute.</summary>
/// <param name="Name">The constructor parameter (camel case) or property (Pascal case).</param>
/// <param name="Position">The place in the attribute's argument list as written, for the squiggle.</param>
/// <param name="Value">
/// int, long, double, bool, string, or an <see cref="EquatableArray{T}"/> of int or string; enums as int; types by name; null.
/// </param>
/// <param name="IsExpanded">Whether the elements of an array were written one by one, the first at <paramref name="Position"/>.</param>
internal sealed record ArgumentSpec(string Name, int Position, object? Value, bool IsExpanded = false)
{
    /// <summary>How messages say the value where that is not the value itself: <c>Width.Half</c>.</summary>
    public string? Text { get; init; }
}

/// <summary>
/// Something wrong with a declaration, without a location: the analyzer finds the attribute and the argument in the syntax.
/// </summary>
/// <param name="Rule">The id of the diagnostic: <c>SN0003</c>.</param>
/// <param name="Place">The attribute, or the class.</param>
/// <param name="Argument">The position of the argument in the attribute, -1 for the whole attribute.</param>
/// <param name="Values">What the message is filled with.</param>
/// <param name="Related">Another attribute that takes part.</param>
internal sealed record Finding(string Rule, Place Place, int Argument, EquatableArray<string> Values, Place? Related = null);

/// <summary>Which attribute is meant: one of the network's own, or one of a block that it uses, however deep.</summary>
/// <param name="Path">
/// The index of the network's attribute; then, where that uses a block, the index of the block's attribute, or its complement in the
/// block that is the shortcut; and so on. Empty for the class.
/// </param>
/// <param name="Block">The class of the innermost block, empty for the network.</param>
/// <param name="Use">The name of the place where that block is used: <c>layer1.0</c>.</param>
internal sealed record Place(EquatableArray<int> Path, string Block = "", string Use = "")
{
    /// <summary>The class itself.</summary>
    public static readonly Place Class = new([]);

    /// <summary>The index of the network's own attribute, -1 for the class.</summary>
    public int Attribute => Path.Count == 0 ? -1 : Path[0];

    public bool IsInBlock => Path.Count > 1;

    /// <summary>An attribute of the network's own.</summary>
    public static Place Of(int attribute) => new([attribute]);

    /// <summary>An attribute of a block that the attribute here uses.</summary>
    public Place Inside(int step, string block, string use) => new([.. Path, step], block, use);
}
