namespace StaticNet.Execution;

/// <summary>The standard normal distribution, in arithmetic that rounds alike on every machine.</summary>
internal static class NormalDistribution
{
    /// <summary>
    /// The z below which a normal variable lies with the given probability. Wichura, "Algorithm AS 241: The percentage points of the
    /// normal distribution", 1988 (PPND16); relative error about 1e-16.
    /// </summary>
    /// <param name="probability">Between 1.4e-11 and its complement; the algorithm's far tail is left out.</param>
    public static double Quantile(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var t = 0.180625 - (q * q);
            return q * Centre(t);
        }

        var r = Math.Sqrt(-PortableMath.Log(q < 0 ? probability : 1 - probability)) - 1.6;
        return q < 0 ? -Tail(r) : Tail(r);
    }

    private static double Centre(double t) =>
        Polynomial(t, [
            2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
            13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080])
        / Polynomial(t, [
            5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
            5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1]);

    private static double Tail(double r) =>
        Polynomial(r, [
            7.74545014278341407640e-4, 2.27238449892691845833e-2, 0.241780725177450611770, 1.27045825245236838258,
            3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734])
        / Polynomial(r, [
            1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 0.148103976427480074590,
            0.689767334985100004550, 1.67638483018380384940, 2.05319162663775882187, 1]);

    /// <summary>Horner's rule, the highest power first.</summary>
    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }
}
