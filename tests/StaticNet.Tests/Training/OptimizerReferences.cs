namespace StaticNet.Tests.Training;

/// <summary>One step of an optimizer as its documentation states it, in double precision; states in the order of their names.</summary>
internal delegate void Reference(double[] w, double[][] states, double[] gradient, int t);

internal static class OptimizerReferences
{
    public static Reference Sgd(double rate, double momentum = 0, bool nesterov = false, double decay = 0) => (w, states, gradient, t) =>
    {
        for (var i = 0; i < w.Length; i++)
        {
            var g = gradient[i] + (decay * w[i]);
            if (momentum > 0)
            {
                var v = states[0][i] = (momentum * states[0][i]) + g;
                g = nesterov ? g + (momentum * v) : v;
            }

            w[i] -= rate * g;
        }
    };

    public static Reference Adagrad(double rate, double rateDecay, double decay) => (w, states, gradient, t) =>
    {
        for (var i = 0; i < w.Length; i++)
        {
            var g = gradient[i] + (decay * w[i]);
            states[0][i] += g * g;
            w[i] -= rate / (1 + ((t - 1) * rateDecay)) * g / (Math.Sqrt(states[0][i]) + 1e-10);
        }
    };

    public static Reference RmsProp(double rate, double momentum = 0, double decay = 0) => (w, states, gradient, t) =>
    {
        for (var i = 0; i < w.Length; i++)
        {
            var g = gradient[i] + (decay * w[i]);
            states[0][i] = (0.99 * states[0][i]) + (0.01 * g * g);
            var direction = g / (Math.Sqrt(states[0][i]) + 1e-8);
            w[i] -= rate * (momentum > 0 ? states[1][i] = (momentum * states[1][i]) + direction : direction);
        }
    };

    public static Reference Adam(double rate, double decay = 0, bool apart = false) => (w, states, gradient, t) =>
    {
        for (var i = 0; i < w.Length; i++)
        {
            var g = apart ? gradient[i] : gradient[i] + (decay * w[i]);
            w[i] *= apart ? 1 - (rate * decay) : 1;
            var m = states[0][i] = (0.9 * states[0][i]) + (0.1 * g);
            var v = states[1][i] = (0.999 * states[1][i]) + (0.001 * g * g);
            w[i] -= rate / (1 - Math.Pow(0.9, t)) * m / ((Math.Sqrt(v) / Math.Sqrt(1 - Math.Pow(0.999, t))) + 1e-8);
        }
    };
}
