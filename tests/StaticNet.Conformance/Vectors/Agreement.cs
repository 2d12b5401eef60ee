using System.Globalization;
using System.Numerics;

namespace StaticNet.Conformance;

/// <summary>What "agree" means everywhere: single-precision results against double-precision references.</summary>
/// <remarks>Element-wise relative errors are no measure of a sum that cancels, so tensors are measured by their largest
/// element, steps by the update they make and training by the distance it went.</remarks>
public static class Agreement
{
    /// <summary>Outputs and gradients, of the largest reference element.</summary>
    public const double Tensor = 5e-6;

    /// <summary>Outputs and gradients of convolutional networks.</summary>
    public const double Convolutional = 1e-5;

    /// <summary>Outputs and gradients where Winograd's transforms are used.</summary>
    public const double Winograd = 1e-4;

    /// <summary>One optimizer step from given gradients and state, of the largest update.</summary>
    public const double Step = 1e-6;

    /// <summary>Several training steps, of the distance from the first to the last parameters …</summary>
    public const double Training = 2e-4;

    /// <summary>… and of the size of the last parameters.</summary>
    public const double TrainingOfSize = 1e-7;

    /// <summary>Functions of one variable, of each value and again absolute.</summary>
    public const double Point = 1e-6;

    private const double Rounding = 1.0 / (1 << 23);

    /// <summary>Asserts max|actual − expected| ≤ tolerance · max|expected|; NaN and infinities must be the same.</summary>
    public static void OfTensor<T>(VectorTensor<double> expected, ReadOnlySpan<T> actual, double tolerance = Tensor)
        where T : struct, IFloatingPointIeee754<T>
    {
        var allowed = tolerance * Largest(expected.Values);
        Compare(expected, actual, _ => allowed, $"{Text(tolerance)} · max|expected|");
    }

    /// <summary>Asserts |actual − expected| ≤ tolerance · (|expected| + 1) for each element: for values of very different
    /// sizes that do not come from one sum.</summary>
    public static void OfPoints<T>(VectorTensor<double> expected, ReadOnlySpan<T> actual, double tolerance = Point)
        where T : struct, IFloatingPointIeee754<T> =>
        Compare(expected, actual, index => tolerance * (Math.Abs(expected.Values[index]) + 1),
            $"{Text(tolerance)} · (|expected| + 1)");

    /// <summary>Asserts that one optimizer step changed parameters as the reference's: each change within
    /// <see cref="Step"/> of the largest, and what rounding the new parameter to single precision takes.</summary>
    /// <param name="expectedBefore">The reference's parameters before the step.</param>
    /// <param name="expectedAfter">The reference's parameters after it.</param>
    /// <param name="before">The parameters before the step under test.</param>
    /// <param name="after">The parameters after it.</param>
    public static void OfStep(
        VectorTensor<double> expectedBefore, VectorTensor<double> expectedAfter, ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        Assert.Equal(expectedAfter.Values.Length, before.Length);
        Assert.Equal(expectedAfter.Values.Length, after.Length);
        var update = expectedAfter.Minus(expectedBefore);
        var actual = new double[after.Length];
        for (var index = 0; index < actual.Length; index++)
            actual[index] = (double)after[index] - before[index];
        var allowed = Step * Largest(update.Values);
        Compare(update, (ReadOnlySpan<double>)actual, index => allowed + Rounding * Math.Abs(expectedAfter.Values[index]),
            $"{Text(Step)} · max|update| + 2⁻²³·|parameter|");
    }

    /// <summary>Asserts ‖actual − expected‖₂ ≤ <see cref="Training"/> · ‖update‖₂ + <see cref="TrainingOfSize"/> ·
    /// ‖expected‖₂ with expected = initial + update, of one parameter tensor after several steps.</summary>
    public static void OfTraining(VectorTensor<double> initial, VectorTensor<double> update, ReadOnlySpan<float> actual)
    {
        Assert.Equal(update.Values.Length, initial.Values.Length);
        Assert.Equal(update.Values.Length, actual.Length);
        var (worst, largest, error, distance, size) = (0, -1.0, 0.0, 0.0, 0.0);
        for (var index = 0; index < actual.Length; index++)
        {
            var expected = initial.Values[index] + update.Values[index];
            var difference = Math.Abs(actual[index] - expected);
            if (difference > largest || double.IsNaN(difference))
                (worst, largest) = (index, difference);
            error += difference * difference;
            distance += update.Values[index] * update.Values[index];
            size += expected * expected;
        }
        var allowed = Training * Math.Sqrt(distance) + TrainingOfSize * Math.Sqrt(size);
        if (!(Math.Sqrt(error) <= allowed))
            Assert.Fail($"{update.Name}: ‖Δ‖₂ = {Text(Math.Sqrt(error))} is above {Text(allowed)} = "
                + $"{Text(Training)} · ‖update‖₂ + {Text(TrainingOfSize)} · ‖parameters‖₂; worst at {update.Position(worst)}: "
                + $"{Text(actual[worst])} instead of {Text(initial.Values[worst] + update.Values[worst])}.");
    }

    private static void Compare<T>(VectorTensor<double> expected, ReadOnlySpan<T> actual, Func<int, double> allowed, string rule)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (expected.Values.Length != actual.Length)
            Assert.Fail($"{expected.Name}: {actual.Length} values instead of {expected.Values.Length}.");
        var (worst, excess) = (-1, 1.0);
        for (var index = 0; index < actual.Length; index++)
        {
            var ratio = Ratio(expected.Values[index], double.CreateChecked(actual[index]), allowed(index));
            if (ratio > excess)
                (worst, excess) = (index, ratio);
        }
        if (worst < 0)
            return;
        var (right, wrong) = (expected.Values[worst], double.CreateChecked(actual[worst]));
        Assert.Fail($"{expected.Name}: worst at {expected.Position(worst)}: {Text(wrong)} instead of {Text(right)}; "
            + $"|Δ| = {Text(Math.Abs(wrong - right))} is {Text(excess)} times what is allowed, {Text(allowed(worst))} = {rule}.");
    }

    private static double Ratio(double expected, double actual, double allowed)
    {
        if (actual.Equals(expected) || actual == expected)
            return 0;
        var difference = Math.Abs(actual - expected);
        return double.IsFinite(difference) && allowed > 0 ? difference / allowed : double.PositiveInfinity;
    }

    private static double Largest(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
            if (double.IsFinite(value))
                largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
