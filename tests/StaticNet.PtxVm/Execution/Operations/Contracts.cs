namespace StaticNet.PtxVm.Execution.Operations;

/// <summary>What one lane computes from one operand.</summary>
internal interface IUnary<TA, TResult>
{
    static abstract TResult Invoke(TA a);
}

internal interface IBinary<TA, TB, TResult>
{
    static abstract TResult Invoke(TA a, TB b);
}

internal interface ITernary<TA, TB, TC, TResult>
{
    static abstract TResult Invoke(TA a, TB b, TC c);
}

internal interface IQuaternary<TA, TB, TC, TD, TResult>
{
    static abstract TResult Invoke(TA a, TB b, TC c, TD d);
}

/// <summary>As <see cref="IUnary{TA, TResult}"/>, between registers that may be wider than the types.</summary>
internal interface IConversion<TFrom, TTo>
{
    static abstract TTo Invoke(TFrom value);
}

/// <summary>How many floating-point operations an operation counts for.</summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class FloatingPointAttribute(int operations = 1) : Attribute
{
    public int Operations => operations;
}
