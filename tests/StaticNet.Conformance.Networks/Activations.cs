namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>activations</c>: each alone, no layer before it.</summary>
[Network, Input(108), Relu]
public sealed partial class ReluAlone;

[Network, Input(108), LeakyRelu]
public sealed partial class LeakyReluAlone;

[Network, Input(108), Elu]
public sealed partial class EluAlone;

[Network, Input(108), Selu]
public sealed partial class SeluAlone;

[Network, Input(108), Gelu]
public sealed partial class GeluAlone;

[Network, Input(108), Gelu(Approximation = GeluApproximation.Tanh)]
public sealed partial class GeluTanhAlone;

[Network, Input(108), Silu]
public sealed partial class SiluAlone;

[Network, Input(108), Softplus]
public sealed partial class SoftplusAlone;

[Network, Input(108), Sigmoid]
public sealed partial class SigmoidAlone;

[Network, Input(108), HardSigmoid]
public sealed partial class HardSigmoidAlone;

[Network, Input(108), HardSwish]
public sealed partial class HardSwishAlone;

[Network, Input(108), Tanh]
public sealed partial class TanhAlone;

[Network, Input(9), Softmax]
public sealed partial class SoftmaxAlone;

[Network, Input(9), LogSoftmax]
public sealed partial class LogSoftmaxAlone;
