using StaticNet;

namespace XorSample;

[Network]
[Input(2)]
[Dense(4), Tanh]
[Dense(1)]
[BinaryCrossEntropy]
public partial class XorNetwork;
