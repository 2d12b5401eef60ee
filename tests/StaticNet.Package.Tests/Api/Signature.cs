using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StaticNet.Package.Tests.Api;

/// <summary>Members as C# declares them. Names have no namespaces.</summary>
internal static class Signature
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    /// <summary>A method, an operator or a constructor.</summary>
    public static string Of(MethodBase method, string name)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute));
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => Of(parameter, isExtension)));
        if (method is not MethodInfo { ReturnParameter: var result })
        {
            return $"{Modifiers(method)}{name}({parameters})";
        }

        var arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        var list = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>" : "";
        return $"{Modifiers(method)}{Name(Nullability.Create(result), result)} {name}{list}({parameters}){Constraints(arguments)}";
    }

    /// <summary>A property or an indexer.</summary>
    public static string Of(PropertyInfo property, Func<MethodBase, bool> isVisible)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(isVisible).ToList();
        var parameters = string.Join(", ", property.GetIndexParameters().Select(parameter => Of(parameter, isThis: false)));
        var setter = accessors.Contains(property.SetMethod!)
            ? property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        var getter = accessors.Contains(property.GetMethod!) ? " get;" : "";
        var type = $"{(property.PropertyType.IsByRef ? "ref " : "")}{Name(Nullability.Create(property))}";
        return $"{Modifiers(accessors[0])}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}{type} "
            + $"{(parameters.Length > 0 ? $"this[{parameters}]" : property.Name)} {{{getter}{setter} }}";
    }

    /// <summary>A field or a constant.</summary>
    public static string Of(FieldInfo field) => field.IsLiteral
        ? $"const {Name(field.FieldType)} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(Nullability.Create(field))} {field.Name}";

    /// <summary>A type, with its outer type and its arguments.</summary>
    public static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}{(type.IsArray ? "[]" : "")}";
        }

        if (type.IsPointer || Nullable.GetUnderlyingType(type) is not null)
        {
            return type.IsPointer ? $"{Name(type.GetElementType()!)}*" : $"{Name(Nullable.GetUnderlyingType(type)!)}?";
        }

        if (type.IsGenericParameter || Keywords.ContainsKey(type))
        {
            return Keywords.GetValueOrDefault(type, type.Name);
        }

        // A nested type has the arguments of its outer type, too, and before its own.
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var arguments = type.GetGenericArguments();
        var outer = type.DeclaringType is not { } declaring ? ""
            : inherited > 0 ? $"{Name(declaring.MakeGenericType(arguments[..inherited]))}."
            : $"{Name(declaring)}.";
        var own = arguments[inherited..];
        return $"{outer}{type.Name.Split('`')[0]}{(own.Length > 0 ? $"<{string.Join(", ", own.Select(Name))}>" : "")}";
    }

    /// <summary>What type parameters have to be.</summary>
    public static string Constraints(Type[] arguments)
    {
        var text = "";
        foreach (var argument in arguments.Where(argument => argument.IsGenericParameter))
        {
            var attributes = argument.GenericParameterAttributes;
            List<string> constraints = [.. argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Name)];
            if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            {
                constraints.Insert(0, "struct");
            }
            else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                constraints.Insert(0, "class");
            }
            else if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            {
                constraints.Add("new()");
            }

            text += constraints.Count > 0 ? $" where {argument.Name} : {string.Join(", ", constraints)}" : "";
        }

        return text;
    }

    private static string Of(ParameterInfo parameter, bool isThis)
    {
        var direction = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => parameter.IsDefined(typeof(IsReadOnlyAttribute)) || parameter.IsIn ? "in " : "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ when isThis && parameter.Position == 0 => "this ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{direction}{Name(Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Name(NullabilityInfo info, ParameterInfo result) => $"{(result.ParameterType.IsByRef ? "ref " : "")}{Name(info)}";

    private static string Name(NullabilityInfo info)
    {
        var isAnnotated = info.ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(info.Type) is null && !info.Type.IsByRef;
        return Name(info.Type) + (isAnnotated ? "?" : "");
    }

    private static string Modifiers(MethodBase method)
    {
        var isOverride = method is MethodInfo info && info.GetBaseDefinition() != info;
        var isMember = !method.DeclaringType!.IsInterface;
        return (method.IsPublic ? "" : "protected ")
            + (method.IsStatic ? "static " : "")
            + (method.IsAbstract && (isMember || method.IsStatic) ? "abstract " : "")
            + (isOverride ? "override " : method.IsVirtual && !method.IsAbstract && !method.IsFinal ? "virtual " : "");
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{Name(type)}.{Enum.GetName(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
