using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StaticNet.Generators.Diagnostics;

/// <summary>How many elements an array, a span or a collection expression has, where the source says so.</summary>
internal static class ConstantLength
{
    public static long? Of(IOperation operation, CancellationToken cancellation) => operation switch
    {
        IConversionOperation { OperatorMethod: null or { ContainingType.Name: "Span" or "ReadOnlySpan" } } conversion =>
            Of(conversion.Operand, cancellation),
        IArrayCreationOperation { DimensionSizes.Length: 1 } array => Constant(array.DimensionSizes[0]),
        ICollectionExpressionOperation collection => Sum(collection, cancellation),
        ILocalReferenceOperation local => OfVariable(operation, local.Local, cancellation),
        IFieldReferenceOperation { Field.IsReadOnly: true } field => OfVariable(operation, field.Field, cancellation),
        IInvocationOperation call when SliceLength.IsSlice(call.TargetMethod) => SliceLength.Of(call, cancellation),
        IArrayElementReferenceOperation { Indices.Length: 1 } element when element.Indices[0] is IRangeOperation range =>
            SliceLength.Of(range, element.ArrayReference, cancellation),
        IImplicitIndexerReferenceOperation { Argument: IRangeOperation range } element =>
            SliceLength.Of(range, element.Instance, cancellation),
        { Syntax: StackAllocArrayCreationExpressionSyntax syntax } => OfStackAlloc(operation, syntax),
        { Syntax: ImplicitStackAllocArrayCreationExpressionSyntax syntax } => syntax.Initializer.Expressions.Count,
        _ => null,
    };

    /// <summary>A constant integer.</summary>
    public static long? Constant(IOperation? operation) => operation?.ConstantValue switch
    {
        { HasValue: true, Value: int value } => value,
        { HasValue: true, Value: long value } => value,
        _ => null,
    };

    private static long? Sum(ICollectionExpressionOperation collection, CancellationToken cancellation)
    {
        long? sum = 0;
        foreach (var element in collection.Elements)
        {
            sum += element is ISpreadOperation spread ? Of(spread.Operand, cancellation) : 1;
        }

        return sum;
    }

    /// <summary>The compiler has no operation of its own for <c>stackalloc</c>: the size is what it has below it.</summary>
    private static long? OfStackAlloc(IOperation operation, StackAllocArrayCreationExpressionSyntax syntax) =>
        syntax.Initializer?.Expressions.Count ?? Constant(operation.ChildOperations.FirstOrDefault());

    /// <summary>What a variable was initialised with, when nothing in the same member or type sets it again.</summary>
    private static long? OfVariable(IOperation use, ISymbol variable, CancellationToken cancellation)
    {
        if (variable.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || reference.SyntaxTree != use.Syntax.SyntaxTree
            || reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
        {
            return null;
        }

        var scope = variable is IFieldSymbol ? declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() : Root(declarator);
        return scope is null || IsSetIn(scope, variable.Name) || use.SemanticModel?.GetOperation(value, cancellation) is not { } initializer
            ? null
            : Of(initializer, cancellation);
    }

    /// <summary>The member around a local, or the file for statements at its top.</summary>
    private static SyntaxNode Root(SyntaxNode node) =>
        (SyntaxNode?)node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax)
        ?? node.SyntaxTree.GetRoot();

    /// <summary>Whether anything of this name is assigned or handed out by reference: by name alone, which errs towards silence.</summary>
    private static bool IsSetIn(SyntaxNode scope, string name) => scope.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => Names(assignment.Left, name),
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => Names(argument.Expression, name),
        RefExpressionSyntax reference => Names(reference.Expression, name),
        _ => false,
    });

    private static bool Names(ExpressionSyntax expression, string name) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
        TupleExpressionSyntax tuple => tuple.Arguments.Any(argument => Names(argument.Expression, name)),
        _ => false,
    };
}
