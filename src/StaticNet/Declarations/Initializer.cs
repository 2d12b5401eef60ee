namespace StaticNet;

/// <summary>
/// How a parameter starts. Fan-in and fan-out are the inputs and outputs of one unit; U(a) is uniform on [−a, a), N(σ) normal with
/// mean 0 and standard deviation σ.
/// </summary>
public enum Initializer
{
    /// <summary>
    /// For weights by the activation that follows: <see cref="HeNormal"/> before the rectifier family (Relu, LeakyRelu, Elu, Gelu, Silu,
    /// HardSwish), <see cref="LecunNormal"/> before Selu, <see cref="GlorotUniform"/> otherwise. For biases <see cref="Zeros"/>.
    /// </summary>
    Default,

    /// <summary>Zero.</summary>
    Zeros,

    /// <summary>The value that the layer's <c>InitialValue</c> says.</summary>
    Constant,

    /// <summary>U(√(6 / (fan-in + fan-out))). Glorot and Bengio, 2010.</summary>
    GlorotUniform,

    /// <summary>N(√(2 / (fan-in + fan-out))). Glorot and Bengio, 2010.</summary>
    GlorotNormal,

    /// <summary>U(√(6 / fan-in)). He, Zhang, Ren and Sun, 2015.</summary>
    HeUniform,

    /// <summary>N(√(2 / fan-in)). He, Zhang, Ren and Sun, 2015.</summary>
    HeNormal,

    /// <summary>U(√(3 / fan-in)). LeCun, Bottou, Orr and Müller, 1998.</summary>
    LecunUniform,

    /// <summary>N(√(1 / fan-in)). LeCun, Bottou, Orr and Müller, 1998; for Selu Klambauer et al., 2017.</summary>
    LecunNormal,
}
