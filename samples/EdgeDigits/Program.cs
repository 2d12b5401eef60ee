using System.Globalization;
using EdgeDigitsSample;
using StaticNet;

if (args is [] or ["-h" or "--help"])
{
    Console.Error.WriteLine("""
        usage: EdgeDigits FILE...

        Says which digit is on each image, and how sure it is. A file is a portable graymap (PGM, P5 or P2) of 28 × 28 pixels,
        or raw: 784 bytes for each image. Digits are bright on dark ground.
        """);
    return 2;
}

try
{
    using var network = MnistCnn.FromFile(Path.Combine(AppContext.BaseDirectory, "mnist.safetensors"));
    foreach (var file in args)
    {
        Print(file, network);
    }

    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or WeightFormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Print(string file, MnistCnn network)
{
    const int Classes = 10;
    var pixels = DigitImages.Read(file);
    var probabilities = new float[pixels.Length / DigitImages.Pixels * Classes];
    network.Predict(pixels, probabilities);
    for (var start = 0; start < probabilities.Length; start += Classes)
    {
        var digit = Array.IndexOf(probabilities, probabilities.Skip(start).Take(Classes).Max(), start) - start;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {digit} ({probabilities[start + digit]:P2})"));
    }
}
