namespace MnistSample;

/// <summary>A network to choose with <c>--model</c>, and how it is trained unless the command line says otherwise.</summary>
/// <param name="Name">What it is chosen by.</param>
/// <param name="Summary">Its layers as a table.</param>
/// <param name="Create">Makes one from a seed.</param>
/// <param name="Epochs">How often it sees the training data.</param>
/// <param name="BatchSize">Samples in a training step.</param>
/// <param name="LearningRate">Where the learning rate begins.</param>
internal sealed record Model(string Name, string Summary, Func<int, IDigitNetwork> Create, int Epochs, int BatchSize, double LearningRate)
{
    public static readonly IReadOnlyList<Model> All =
    [
        new("mlp", Mlp.Summary, seed => new Mlp(seed), Epochs: 6, BatchSize: 128, LearningRate: 5e-3),
        new("cnn", Cnn.Summary, seed => new Cnn(seed), Epochs: 3, BatchSize: 64, LearningRate: 2e-3),
    ];
}
