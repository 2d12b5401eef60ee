using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>The arguments that every layer with weights has: how they start and what penalty they pay.</summary>
internal sealed record WeightArguments(WeightArguments.Choice Chosen, double InitialValue, double L1, double L2)
{
    /// <summary>The library's <c>Initializer</c>, number by number.</summary>
    internal enum Choice { Default, Zeros, Constant, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal }

    public bool IsConstant => Chosen == Choice.Constant;

    private static WeightArguments Read(Arguments arguments, string initializer, bool isRegularized) => new(
        arguments.Choice<Choice>(initializer),
        arguments.Real("InitialValue"),
        isRegularized ? Penalty(arguments, "L1") : 0,
        isRegularized ? Penalty(arguments, "L2") : 0);

    /// <summary>Those of a layer's weight and bias, with what the two have to say about each other.</summary>
    public static (WeightArguments Weight, WeightArguments Bias) ReadBoth(Arguments arguments, bool useBias)
    {
        var weight = Read(arguments, "Initializer", isRegularized: true);
        var bias = Read(arguments, "BiasInitializer", isRegularized: false);
        if (arguments.Has("InitialValue") && !weight.IsConstant && !bias.IsConstant)
        {
            arguments.Invalid("InitialValue", "left out when no initialiser is Constant");
        }

        if (arguments.Has("BiasInitializer") && !useBias)
        {
            arguments.Invalid("BiasInitializer", "left out when there is no bias");
        }

        return (weight, bias);
    }

    public InitializerSpec Initializer(InitializerKind otherwise, int fanIn, int fanOut) => Chosen switch
    {
        Choice.Default => new(otherwise, fanIn, fanOut),
        Choice.Constant => new(InitializerKind.Constant, fanIn, fanOut, InitialValue),
        _ => new((InitializerKind)(Chosen - 1), fanIn, fanOut),
    };

    private static double Penalty(Arguments arguments, string name) =>
        arguments.Real(name, 0, value => value >= 0, "a finite number of at least 0");
}
