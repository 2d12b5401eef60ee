namespace StaticNet.Generators.IR;

internal enum UnaryFunction { Negate, Abs, Sign, Sqrt, Exp, Expm1, Log, Log1p, Tanh, Sigmoid, Erf, ToFloat }

internal enum BinaryFunction { Add, Subtract, Multiply, Divide, Maximum, Minimum }

internal enum Comparison { Less, LessOrEqual, Equal, Greater, GreaterOrEqual }

/// <summary>What a <see cref="MapOperation"/> computes for one element. Immutable and compared by content.</summary>
internal abstract record ScalarExpression
{
    public static ScalarExpression operator +(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Add, a, b);

    public static ScalarExpression operator -(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Subtract, a, b);

    public static ScalarExpression operator *(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Multiply, a, b);

    public static ScalarExpression operator /(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Divide, a, b);

    public static ScalarExpression operator -(ScalarExpression a) => new Unary(UnaryFunction.Negate, a);

    public static implicit operator ScalarExpression(double value) => new Literal(value);

    /// <summary>The children, in order.</summary>
    public virtual IEnumerable<ScalarExpression> Children => [];

    /// <summary>This expression with every operand replaced.</summary>
    public abstract ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement);
}

/// <summary>The element of operand number <paramref name="Position"/> of the map, after broadcasting.</summary>
internal sealed record Operand(int Position) : ScalarExpression
{
    public override ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement) => replacement(this);
}

internal sealed record Literal(double Value) : ScalarExpression
{
    public override ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement) => this;
}

/// <summary>The index of the element along an axis of the map's shape, as a number.</summary>
internal sealed record IndexOf(int Axis) : ScalarExpression
{
    public override ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement) => this;
}

internal sealed record Unary(UnaryFunction Function, ScalarExpression Argument) : ScalarExpression
{
    public override IEnumerable<ScalarExpression> Children => [Argument];

    public override ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement) =>
        this with { Argument = Argument.Substitute(replacement) };
}

internal sealed record Binary(BinaryFunction Function, ScalarExpression Left, ScalarExpression Right) : ScalarExpression
{
    public override IEnumerable<ScalarExpression> Children => [Left, Right];

    public override ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement) =>
        this with { Left = Left.Substitute(replacement), Right = Right.Substitute(replacement) };
}

/// <summary><c>Left (comparison) Right ? Then : Else</c>; a comparison with NaN is false.</summary>
internal sealed record Select(Comparison Comparison, ScalarExpression Left, ScalarExpression Right, ScalarExpression Then, ScalarExpression Else)
    : ScalarExpression
{
    public override IEnumerable<ScalarExpression> Children => [Left, Right, Then, Else];

    public override ScalarExpression Substitute(Func<Operand, ScalarExpression> replacement) => this with
    {
        Left = Left.Substitute(replacement),
        Right = Right.Substitute(replacement),
        Then = Then.Substitute(replacement),
        Else = Else.Substitute(replacement),
    };
}
