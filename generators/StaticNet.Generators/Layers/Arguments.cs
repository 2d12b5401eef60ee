using System.Globalization;
using System.Numerics;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>
/// The arguments of one attribute, read with their checks. What is wrong is reported where it was written and replaced by something
/// usable, so that one mistake gives one finding.
/// </summary>
internal sealed class Arguments(LayerSpec spec, Place place, ICollection<Finding> findings)
{
    /// <summary>Where the attribute was written.</summary>
    public Place Place => place;

    public string Kind => spec.Kind;

    /// <summary>Whether the compiler itself rejects the attribute.</summary>
    public bool IsBroken => spec.IsBroken;

    /// <summary>
    /// The declaration in short, with its constructor arguments: <c>Dense(128)</c>, <c>Add("skip")</c>, <c>Relu</c>,
    /// <c>Residual&lt;Body&gt;</c>.
    /// </summary>
    public string Text
    {
        get
        {
            var name = spec.Block is { } block ? $"{spec.Kind}<{block.Name}>" : spec.Kind;
            var positional = spec.Arguments.Where(a => char.IsLower(a.Name[0])).Select(a => a.Text ?? Format(a.Value)).ToArray();
            return positional.Length == 0 ? name : $"{name}({string.Join(", ", positional)})";
        }
    }

    /// <summary>The block that it uses.</summary>
    public BlockSpec? Block => spec.Block;

    /// <summary>The block that is the shortcut around it.</summary>
    public BlockSpec? Shortcut => spec.Shortcut;

    public bool Has(string name) => Find(name) is not null;

    public int Integer(string name, int otherwise = 0) => Find(name)?.Value is int value ? value : otherwise;

    /// <summary>A count; 1 in place of what is none.</summary>
    public int Positive(string name)
    {
        if (Find(name)?.Value is not int value)
        {
            return 1;
        }

        if (value < 1)
        {
            Invalid(name, "at least 1");
        }

        return Math.Max(value, 1);
    }

    /// <summary>A finite number that meets a condition; the default in place of what does not.</summary>
    public double Real(string name, double otherwise, Func<double, bool> condition, string requirement)
    {
        if (Find(name)?.Value is not double value)
        {
            return otherwise;
        }

        if (!double.IsNaN(value) && !double.IsInfinity(value) && condition(value))
        {
            return value;
        }

        Invalid(name, requirement);
        return otherwise;
    }

    public double Real(string name, double otherwise = 0) => Real(name, otherwise, _ => true, "a finite number");

    public bool Flag(string name, bool otherwise) => Find(name)?.Value is bool value ? value : otherwise;

    public string? String(string name) => Find(name)?.Value as string;

    public EquatableArray<int> Integers(string name) => Find(name)?.Value is EquatableArray<int> values ? values : [];

    public EquatableArray<string> Strings(string name) => Find(name)?.Value is EquatableArray<string> values ? values : [];

    /// <summary>An enumeration's value; the first one in place of a number that has no name.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        if (Find(name)?.Value is not int value)
        {
            return default;
        }

        if (Enum.IsDefined(typeof(T), value))
        {
            return (T)Enum.ToObject(typeof(T), value);
        }

        Invalid(name, $"one of {string.Join(", ", Enum.GetNames(typeof(T)))}");
        return default;
    }

    /// <summary>Reports an argument: <c>Dropout: rate is 1.5 but must be …</c>.</summary>
    /// <param name="element">Which element of an array of integers, -1 for the argument itself.</param>
    public void Invalid(string name, string requirement, int element = -1)
    {
        var argument = Find(name);
        var value = element >= 0 ? Format(Integers(name)[element]) : argument?.Text ?? Format(argument?.Value);
        Report(Rules.InvalidArgument, PositionOf(name, element), Kind, name, value, requirement);
    }

    /// <summary>Whether an argument divides a number of something; reports it when it does not.</summary>
    public bool Divides(string name, int divisor, string what, int count)
    {
        if (count % divisor == 0)
        {
            return true;
        }

        Invalid(name, $"a divisor of the {Format(count)} {what}");
        return false;
    }

    /// <summary>Reports more elements than an index can count.</summary>
    /// <param name="position">The argument that makes them so many, -1 for the whole attribute.</param>
    /// <param name="elements">How they come about: a product or a sum.</param>
    public void TooLarge(int position, string elements, BigInteger count) =>
        Report(Rules.TooLarge, position, Text, elements, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reports something about this attribute, unless the compiler has already rejected it.</summary>
    public void Report(string rule, int position, params string[] values) => Report(rule, position, null, values);

    /// <summary>A layer that this attribute stands for without writing it.</summary>
    public Arguments Implied(LayerSpec layer) => new(layer with { IsBroken = IsBroken }, place, findings);

    /// <summary>Reports something about this attribute and another one.</summary>
    public void Report(string rule, int position, Arguments? related, params string[] values)
    {
        if (!IsBroken)
        {
            findings.Add(new Finding(rule, place, position, [.. values], related?.Place));
        }
    }

    /// <summary>Where an argument, or an element of it, was written; -1 for one that was not.</summary>
    public int PositionOf(string name, int element = -1) => Find(name) switch
    {
        null => -1,
        { IsExpanded: true } argument => argument.Position + Math.Max(element, 0),
        { } argument => argument.Position,
    };

    private ArgumentSpec? Find(string name) => spec.Arguments.FirstOrDefault(a => a.Name == name);

    private static string Format(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        EquatableArray<int> values => string.Join(", ", values.Select(v => Format(v))),
        EquatableArray<string> values => string.Join(", ", values.Select(Format)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
