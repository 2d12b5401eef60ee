using System.Globalization;
using FunctionApproximationSample;
using StaticNet;

const int Epochs = 4000;
const int BatchSize = 32;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var points = Points(512);
var data = new Dataset<Shape<N1>, Shape<N1>>(points, Array.ConvertAll(points, MathF.Sin));

Console.WriteLine("sin x from -π to π by Σ vᵢ·tanh(wᵢ·x + bᵢ) + c, a sum of as many terms as the network is wide\n");
Console.WriteLine("width  parameters  largest error");
Report(1, Curve1.ParameterCount, new Curve1(seed: 1));
Report(2, Curve2.ParameterCount, new Curve2(seed: 1));
Report(4, Curve4.ParameterCount, new Curve4(seed: 1));
Report(8, Curve8.ParameterCount, new Curve8(seed: 1));
Report(16, Curve16.ParameterCount, new Curve16(seed: 1));
Report(32, Curve32.ParameterCount, new Curve32(seed: 1));

void Report(int width, long parameters, ICurve curve)
{
    using (curve)
    {
        curve.Fit(data, new Adam(0.01), new()
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Schedule = new CosineAnnealing(Epochs),
        });
        var error = LargestError(curve);

        // Ten characters are a factor of ten; 0.0001 has none.
        var bar = new string('#', Math.Max(0, (int)Math.Round(10 * Math.Log10(error / 1e-4))));
        Console.WriteLine($"{width,5}  {parameters,10}  {error,13:F5}  {bar}");
    }
}

// Measured between the points that the network has learned from, too.
static float LargestError(ICurve curve)
{
    var points = Points(10_000);
    var values = new float[points.Length];
    curve.Predict(points, values);
    return points.Zip(values, (x, y) => Math.Abs(y - MathF.Sin(x))).Max();
}

static float[] Points(int count) =>
    [.. Enumerable.Range(0, count).Select(i => float.Lerp(-MathF.PI, MathF.PI, i / (count - 1f)))];
