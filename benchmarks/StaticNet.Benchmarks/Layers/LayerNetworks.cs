namespace StaticNet.Benchmarks.Layers;

[Network]
[Input(1024)]
[Dense(256)]
public partial class DenseLayer;

[Network]
[Input(1024)]
[Dense(256), Relu]
public partial class DenseReluLayer;

[Network]
[Input(1024)]
[Sigmoid]
public partial class SigmoidLayer;

[Network]
[Input(1024)]
[Tanh]
public partial class TanhLayer;

[Network]
[Input(1024)]
[Gelu]
public partial class GeluLayer;

[Network]
[Input(1024)]
[Softmax]
public partial class SoftmaxLayer;
