using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StaticNet.Generators.Diagnostics;

/// <summary>How many elements a part of an array or a span has, where the source says so.</summary>
internal static class SliceLength
{
    /// <summary>Whether a method gives a part of what it is called on.</summary>
    public static bool IsSlice(IMethodSymbol method) => method is
    {
        Name: "AsSpan" or "Slice",
        ContainingType.Name: "MemoryExtensions" or "Span" or "ReadOnlySpan",
    };

    /// <summary><c>AsSpan()</c>, <c>Slice(start)</c>, <c>AsSpan(start, length)</c> and the like.</summary>
    public static long? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        var (whole, given) = call.Instance is { } instance
            ? (instance, call.Arguments)
            : (call.Arguments[0].Value, call.Arguments.RemoveAt(0));
        return given.Length switch
        {
            0 => ConstantLength.Of(whole, cancellation),
            1 => ConstantLength.Of(whole, cancellation) - ConstantLength.Constant(given[0].Value),
            2 => ConstantLength.Constant(given.FirstOrDefault(argument => argument.Parameter?.Name == "length")?.Value),
            _ => null,
        };
    }

    /// <summary><c>whole[a..b]</c>, each end possibly counted from the whole's.</summary>
    public static long? Of(IRangeOperation range, IOperation whole, CancellationToken cancellation)
    {
        var length = new Lazy<long?>(() => ConstantLength.Of(whole, cancellation));
        var start = range.LeftOperand is { } left ? Position(left, length) : 0;
        var end = range.RightOperand is { } right ? Position(right, length) : length.Value;
        return end - start;
    }

    private static long? Position(IOperation index, Lazy<long?> length) => index switch
    {
        IConversionOperation conversion => Position(conversion.Operand, length),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd => length.Value - ConstantLength.Constant(fromEnd.Operand),
        _ => ConstantLength.Constant(index),
    };
}
