using StaticNet;

float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
float[] targets = [0, 1, 1, 0];

using var xor = new Xor(seed: 1);
xor.Fit(new(inputs, targets), new Adam(0.05), new() { Epochs = 400, BatchSize = 4 });

var probabilities = new float[4];
xor.Predict(inputs, probabilities);
Console.WriteLine(string.Join(" ", probabilities.Select(p => $"{p:F2}")));

[Network]
[Input(2)]
[Dense(8), Tanh]
[Dense(1)]
[BinaryCrossEntropy]
public partial class Xor;
