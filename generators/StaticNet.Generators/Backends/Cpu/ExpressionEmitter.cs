using System.Globalization;
using StaticNet.Generators.IR;
using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes the body of a map as three-address statements over vectors; equal parts of it are computed once.</summary>
internal sealed class ExpressionEmitter(SourceWriter writer, VectorDialect dialect)
{
    private int _temporaries;

    /// <summary>A new name for a value.</summary>
    public string Fresh() => $"v{_temporaries++}";

    /// <summary>Declares a value and gives its name.</summary>
    public string Declare(string expression)
    {
        var name = Fresh();
        writer.Line($"var {name} = {expression};");
        return name;
    }

    /// <summary>Writes the statements for one vector of a map and gives the name of the result.</summary>
    /// <param name="body">What to compute.</param>
    /// <param name="operands">The names of the operands' vectors.</param>
    /// <param name="index">The expression that holds the lanes' indices along an axis.</param>
    public string Write(ScalarExpression body, IReadOnlyList<string> operands, Func<int, string> index)
    {
        var known = new Dictionary<ScalarExpression, string>();
        return Visit(body);

        string Visit(ScalarExpression expression)
        {
            if (!known.TryGetValue(expression, out var name))
            {
                known[expression] = name = expression switch
                {
                    Operand operand => operands[operand.Position],
                    Literal literal => Number(literal.Value),
                    IndexOf position => index(position.Axis),
                    Unary { Function: UnaryFunction.ToFloat } convert => Visit(convert.Argument),
                    Unary unary => Declare(Apply(unary.Function, Visit(unary.Argument))),
                    Binary binary => Declare(Apply(binary, Visit(binary.Left), Visit(binary.Right))),
                    Select select => Declare(
                        dialect.Select($"{dialect.Class}.{Name(select.Comparison)}({Visit(select.Left)}, {Visit(select.Right)})", Visit(select.Then), Visit(select.Else))),
                    _ => throw new NotSupportedException($"No vector code for {expression}."),
                };
            }

            return name;
        }
    }

    /// <summary>A vector of a constant.</summary>
    public string Number(double value) => BitConverter.DoubleToInt64Bits(value) == 0 ? dialect.Zero : dialect.Broadcast(Literal(value));

    /// <summary>A float literal that reads back as the same float in every culture.</summary>
    public static string Literal(double value) => ((float)value) switch
    {
        var f when float.IsPositiveInfinity(f) => "float.PositiveInfinity",
        var f when float.IsNegativeInfinity(f) => "float.NegativeInfinity",
        var f when float.IsNaN(f) => "float.NaN",
        var f => f.ToString("G9", CultureInfo.InvariantCulture) + "f",
    };

    private string Apply(UnaryFunction function, string x) => function switch
    {
        UnaryFunction.Negate => $"-{x}",
        UnaryFunction.Abs => $"{dialect.Class}.Abs({x})",
        UnaryFunction.Sqrt => $"{dialect.Class}.Sqrt({x})",
        UnaryFunction.Sign =>
            dialect.Select($"{dialect.Class}.GreaterThan({x}, {Number(0)})", Number(1), dialect.Select($"{dialect.Class}.LessThan({x}, {Number(0)})", Number(-1), x)),
        _ => $"VectorMath.{function}({x})",
    };

    private string Apply(Binary binary, string a, string b) => binary.Function switch
    {
        BinaryFunction.Add => $"{a} + {b}",
        BinaryFunction.Subtract => $"{a} - {b}",
        BinaryFunction.Multiply => $"{a} * {b}",
        BinaryFunction.Divide => $"{a} / {b}",

        // The native instructions give their second operand when either is NaN: with the constant first, NaN comes through.
        BinaryFunction.Maximum when binary.Right is Literal => $"{dialect.Class}.MaxNative({b}, {a})",
        BinaryFunction.Maximum when binary.Left is Literal => $"{dialect.Class}.MaxNative({a}, {b})",
        BinaryFunction.Minimum when binary.Right is Literal => $"{dialect.Class}.MinNative({b}, {a})",
        BinaryFunction.Minimum when binary.Left is Literal => $"{dialect.Class}.MinNative({a}, {b})",
        BinaryFunction.Maximum => $"{dialect.Class}.Max({a}, {b})",
        _ => $"{dialect.Class}.Min({a}, {b})",
    };

    private static string Name(Comparison comparison) => comparison switch
    {
        Comparison.Less => "LessThan",
        Comparison.LessOrEqual => "LessThanOrEqual",
        Comparison.Equal => "Equals",
        Comparison.Greater => "GreaterThan",
        _ => "GreaterThanOrEqual",
    };
}
