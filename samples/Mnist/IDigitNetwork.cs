using StaticNet;

namespace MnistSample;

/// <summary>
/// What this program does with a network, whichever it is. Networks are ordinary classes: their generated members implement an
/// interface of yours as written ones would.
/// </summary>
internal interface IDigitNetwork : IDisposable
{
    int Threads { get; set; }

    History Fit(Dataset<Image, Digit> data, Optimizer optimizer, FitOptions<Image, Digit>? options);

    Evaluation Evaluate(Dataset<Image, Digit> data);

    void Save(string path, Func<string, string>? names = null);

    void SaveOnnx(string path, OnnxOutput output);

    LoadReport Load(string path, bool strict = true, WeightLayout? layout = null, Func<string, string>? names = null);
}
