using StaticNet;

// The published network has biases before batch normalisation, and its count of parameters has them too.
#pragma warning disable SN0027

namespace ModelZoo;

/// <summary>
/// DS-CNN, as MLPerf Tiny has it for keyword spotting: one second of speech as 49×10 mel-frequency cepstral coefficients to one of 12
/// keywords. Zhang, Suda, Lai and Chandra, "Hello edge: keyword spotting on microcontrollers", 2017: 24,908 numbers with the running
/// statistics, 2.7 million multiply-adds.
/// </summary>
[Network]
[Input(49, 10, 1)]
[Conv2D(64, 10, 4, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu, Dropout(0.2)]
[Block<Separable>(Repeat = 4), Dropout(0.4)]
[AveragePool2D(24, 5), Flatten, Dense(12)]
[SoftmaxCrossEntropy]
public partial class DsCnn;
