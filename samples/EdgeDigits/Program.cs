using System.Diagnostics;
using System.Globalization;
using EdgeDigitsSample;

const int Classes = 10;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var repetitions = 0;
if (args is ["--repeat", var number, .. var others] && int.TryParse(number, out repetitions) && repetitions > 0)
{
    args = others;
}

if (args is [] || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("""
        usage: EdgeDigits [--repeat N] FILE...

        Says which digit is on each image, and how sure it is. A file is a portable graymap (PGM, P5 or P2) of 28 × 28 pixels,
        or raw: 784 bytes for each image. Digits are bright on dark ground.

          --repeat N    then looks at each file N times more, and says how long that takes
        """);
    return 2;
}

try
{
    using var network = new DigitReader();
    foreach (var file in args)
    {
        var pixels = DigitImages.Read(file);
        var probabilities = new float[pixels.Length / DigitImages.Pixels * Classes];
        network.Predict(pixels, probabilities);
        Print(file, probabilities);
        if (repetitions > 0)
        {
            Repeat(repetitions, network, pixels, probabilities);
        }
    }

    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Print(string file, float[] probabilities)
{
    for (var start = 0; start < probabilities.Length; start += Classes)
    {
        var digit = Array.IndexOf(probabilities, probabilities.Skip(start).Take(Classes).Max(), start) - start;
        Console.WriteLine($"{file}: {digit} ({probabilities[start + digit]:P2})");
    }
}

static void Repeat(int repetitions, DigitReader network, float[] pixels, float[] probabilities)
{
    var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
    for (var i = 0; i < repetitions; i++)
    {
        network.Predict(pixels, probabilities);
    }

    var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    Console.WriteLine($"{seconds / repetitions * 1e6:F1} µs and {(double)allocated / repetitions:F0} bytes allocated each time");
}
