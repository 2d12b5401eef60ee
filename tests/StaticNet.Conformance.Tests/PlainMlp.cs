namespace StaticNet.Conformance.Tests;

/// <summary>A two-layer perceptron with ReLU and softmax cross-entropy in double precision, written from the formulas alone.</summary>
internal sealed class PlainMlp(VectorSection parameters)
{
    public static readonly string[] Names = ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"];

    public Dictionary<string, double[]> Parameters { get; } = Names.ToDictionary(name => name, name => parameters.Reference(name).Values);

    public Dictionary<string, double[]> Gradients { get; private set; } = [];

    public double[] Logits { get; private set; } = [];

    public double[] InputGradient { get; private set; } = [];

    public double Loss { get; private set; }

    public void Evaluate(double[] input, int[] target)
    {
        var batch = target.Length;
        var (hidden, classes) = (Parameters["dense1.bias"].Length, Parameters["dense2.bias"].Length);
        var h = Dense(input, batch, "dense1");
        var active = Array.ConvertAll(h, value => Math.Max(value, 0));
        Logits = Dense(active, batch, "dense2");
        Loss = 0;
        var logitGradient = new double[Logits.Length];
        for (var b = 0; b < batch; b++)
        {
            var row = Logits.AsSpan(b * classes, classes).ToArray();
            var normalizer = row.Max() + Math.Log(row.Sum(value => Math.Exp(value - row.Max())));
            Loss += (normalizer - row[target[b]]) / batch;
            for (var c = 0; c < classes; c++)
                logitGradient[b * classes + c] = (Math.Exp(row[c] - normalizer) - (c == target[b] ? 1 : 0)) / batch;
        }
        Gradients = [];
        var hiddenGradient = DenseGradient(active, logitGradient, batch, "dense2");
        for (var index = 0; index < batch * hidden; index++)
            hiddenGradient[index] *= h[index] > 0 ? 1 : 0;
        InputGradient = DenseGradient(input, hiddenGradient, batch, "dense1");
    }

    private double[] Dense(double[] input, int batch, string name)
    {
        var (weight, bias) = (Parameters[$"{name}.weight"], Parameters[$"{name}.bias"]);
        var (width, units) = (weight.Length / bias.Length, bias.Length);
        var output = new double[batch * units];
        for (var b = 0; b < batch; b++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var sum = bias[unit];
                for (var i = 0; i < width; i++)
                    sum += weight[unit * width + i] * input[b * width + i];
                output[b * units + unit] = sum;
            }
        }
        return output;
    }

    private double[] DenseGradient(double[] input, double[] outputGradient, int batch, string name)
    {
        var weight = Parameters[$"{name}.weight"];
        var units = Parameters[$"{name}.bias"].Length;
        var width = weight.Length / units;
        var (weightGradient, biasGradient) = (new double[weight.Length], new double[units]);
        var inputGradient = new double[batch * width];
        for (var b = 0; b < batch; b++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var gradient = outputGradient[b * units + unit];
                biasGradient[unit] += gradient;
                for (var i = 0; i < width; i++)
                {
                    weightGradient[unit * width + i] += gradient * input[b * width + i];
                    inputGradient[b * width + i] += gradient * weight[unit * width + i];
                }
            }
        }
        Gradients[$"{name}.weight"] = weightGradient;
        Gradients[$"{name}.bias"] = biasGradient;
        return inputGradient;
    }
}
