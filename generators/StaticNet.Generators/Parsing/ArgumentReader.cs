using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Parsing;

/// <summary>Reads the arguments that an attribute was written with.</summary>
internal static class ArgumentReader
{
    /// <summary>Whether no constructor takes what was written, or a value is no constant: a line that someone is typing.</summary>
    public static bool IsBroken(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(pair => pair.Value)).Any(IsError);

    /// <summary>
    /// Values come from the compiler, places from the syntax: which argument a value was written as. Arguments that were left out, and
    /// those that the compiler itself finds wrong, are not there. An attribute from another assembly has no syntax: what is equal to its
    /// default counts as left out.
    /// </summary>
    public static IEnumerable<ArgumentSpec> Read(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        var written = syntax?.ArgumentList?.Arguments ?? default;
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        for (var i = 0; i < attribute.ConstructorArguments.Length && i < parameters.Length; i++)
        {
            var (parameter, constant) = (parameters[i], attribute.ConstructorArguments[i]);
            var position = IndexOf(written, argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name);
            if (position < 0 && i < written.Count && written[i] is { NameColon: null, NameEquals: null })
            {
                position = i;
            }

            var isWritten = syntax is null ? !IsDefault(parameter, constant) : position >= 0;
            if (isWritten && constant.Kind != TypedConstantKind.Error)
            {
                var isExpanded = position >= 0 && IsExpanded(parameter, constant, written[position].Expression);
                yield return new(parameter.Name, position, ValueOf(constant), isExpanded) { Text = TextOf(constant) };
            }
        }

        foreach (var (name, constant) in attribute.NamedArguments.Select(pair => (pair.Key, pair.Value)))
        {
            var position = IndexOf(written, argument => argument.NameEquals?.Name.Identifier.ValueText == name);
            if (constant.Kind != TypedConstantKind.Error)
            {
                yield return new(name, position, ValueOf(constant)) { Text = TextOf(constant) };
            }
        }
    }

    private static bool IsDefault(IParameterSymbol parameter, TypedConstant constant) =>
        parameter.HasExplicitDefaultValue && constant.Kind != TypedConstantKind.Array && Equals(parameter.ExplicitDefaultValue, constant.Value);

    /// <summary>Several arguments for one array, or a single one that is no array itself.</summary>
    private static bool IsExpanded(IParameterSymbol parameter, TypedConstant constant, ExpressionSyntax written) =>
        parameter.IsParams && constant is { Kind: TypedConstantKind.Array, IsNull: false }
        && written is not (ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax);

    private static int IndexOf(SeparatedSyntaxList<AttributeArgumentSyntax> arguments, Func<AttributeArgumentSyntax, bool> condition)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (condition(arguments[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsError));

    private static object? ValueOf(TypedConstant constant) => constant switch
    {
        { IsNull: true } => null,
        { Kind: TypedConstantKind.Array, Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } } =>
            new EquatableArray<string>(constant.Values.Select(value => value.Value as string ?? "")),
        { Kind: TypedConstantKind.Array } =>
            new EquatableArray<int>(constant.Values.Select(value => value.Value is int number ? number : 0)),
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => type.Name,
        _ => constant.Value,
    };

    private static string? TextOf(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => $"typeof({type.Name})",
        { Kind: TypedConstantKind.Enum, Type: { } type } => type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => Equals(field.ConstantValue, constant.Value)).Select(field => $"{type.Name}.{field.Name}").FirstOrDefault(),
        _ => null,
    };
}
