// Types that the compiler looks for and netstandard2.0 lacks.
namespace System.Runtime.CompilerServices;

/// <summary>Marks init-only properties.</summary>
internal static class IsExternalInit;

/// <summary>Lets collection expressions build a type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
internal sealed class CollectionBuilderAttribute(Type builderType, string methodName) : Attribute
{
    public Type BuilderType { get; } = builderType;

    public string MethodName { get; } = methodName;
}
