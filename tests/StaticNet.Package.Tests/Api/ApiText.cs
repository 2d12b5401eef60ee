using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace StaticNet.Package.Tests.Api;

/// <summary>Types with their public and protected members as text, as C# would declare them, in the order of their names.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The text of all types but N0 to N999, which are said in one line.</summary>
    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        var dimensions = 0;
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            if (type.Name.StartsWith('N') && !type.Name.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            {
                dimensions++;
                continue;
            }

            text.Append(Heading(type)).Append('\n');
            var members = Members(type).OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal);
            foreach (var (_, member) in members)
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return dimensions > 0 ? text.Append($"{dimensions} dimensions, N0 to N{dimensions - 1}\n").ToString() : text.ToString();
    }

    private static string Heading(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return $"delegate {Signature.Of(type.GetMethod("Invoke")!, Signature.Name(type))}";
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = new[] { type.BaseType }
            .Where(parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(inherited).OrderBy(face => face.Name, StringComparer.Ordinal))
            .Select(parent => Signature.Name(parent!))
            .ToList();
        return $"{type.Namespace}: {Kind(type)} {Signature.Name(type)}{(bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "")}"
            + Signature.Constraints(type.GetGenericArguments());
    }

    private static string Kind(Type type)
    {
        var isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        return type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } =>
                $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(isRecord ? "record " : "")}struct",
            _ => $"{(type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(isRecord ? "record" : "class")}",
        };
    }

    // Constructors have no name to be ordered by, and so come first.
    private static IEnumerable<(string Name, string Text)> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (field.Name, $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"));
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [];
        }

        var constructors = type.GetConstructors(Declared & ~BindingFlags.Static).Where(IsVisible);
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly);
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible));
        var events = type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!));
        var methods = type.GetMethods(Declared).Where(IsWritten);
        return constructors.Select(constructor => ("", Signature.Of(constructor, type.Name.Split('`')[0])))
            .Concat(fields.Select(field => (field.Name, Signature.Of(field))))
            .Concat(properties.Select(property => (property.Name, Signature.Of(property, IsVisible))))
            .Concat(events.Select(e => (e.Name, $"event {Signature.Name(e.EventHandlerType!)} {e.Name}")))
            .Concat(methods.Select(method => (method.Name, Signature.Of(method, method.Name))));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Neither accessors, nor what compilers add to records, nor what every object has.
    private static bool IsWritten(MethodInfo method) =>
        IsVisible(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && method.GetBaseDefinition().DeclaringType != typeof(object);
}
