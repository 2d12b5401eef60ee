using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace StaticNet.Generators.Diagnostics;

/// <summary>
/// Reports numbers of a constant length that become a batch and are no whole number of samples: what the run time would say later with an
/// exception.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BatchLengthAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] BatchTypes = ["StaticNet.ReadOnlyBatch`1", "StaticNet.Batch`1"];

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.SpanLength];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var types = BatchTypes
                .Select(start.Compilation.GetTypeByMetadataName)
                .OfType<INamedTypeSymbol>()
                .ToImmutableHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
            if (!types.IsEmpty)
            {
                start.RegisterOperationAction(
                    operation => Analyze(operation, types),
                    OperationKind.Conversion, OperationKind.CollectionExpression, OperationKind.ObjectCreation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, ImmutableHashSet<INamedTypeSymbol> batches)
    {
        if (context.Operation.Type is not INamedTypeSymbol type
            || !batches.Contains(type.OriginalDefinition)
            || SampleShape.Of(type.TypeArguments[0]) is not { } shape)
        {
            return;
        }

        var numbers = context.Operation switch
        {
            IConversionOperation { OperatorMethod: not null } conversion => conversion.Operand,
            IObjectCreationOperation { Arguments.Length: 1 } creation => creation.Arguments[0].Value,
            ICollectionExpressionOperation collection => collection,
            _ => null,
        };
        if (numbers is not null && ConstantLength.Of(numbers, context.CancellationToken) is { } length && length % shape.Size != 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.SpanLength, numbers.Syntax.GetLocation(),
                Taker(context.Operation), shape.Text, Text(length), Remedy(length, shape.Size)));
        }
    }

    /// <summary>The parameter that the batch is for, or its type.</summary>
    private static string Taker(IOperation batch)
    {
        var parent = batch.Parent is IConversionOperation outer ? outer.Parent : batch.Parent;
        return parent is IArgumentOperation { Parameter: { } parameter } ? $"'{parameter.Name}'" : batch.Type!.Name;
    }

    /// <summary>How much is left over, and the lengths on both sides that leave nothing.</summary>
    private static string Remedy(long length, long size)
    {
        var (samples, rest) = (length / size, length % size);
        var right = samples == 0 ? Text(size) : $"{Text(samples * size)} or {Text((samples + 1) * size)}";
        return $"{Text(length)} = {Text(samples)} × {Text(size)} + {Text(rest)}, and {right} would be right";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
