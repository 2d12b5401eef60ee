namespace StaticNet;

/// <summary>How a file of weights orders and names the elements of tensors.</summary>
public enum WeightLayout
{
    /// <summary>
    /// Dense [out, in], convolutions [out, in / groups, height, width], transposed ones [in, out / groups, height, width]; flattened images are
    /// channels first; <c>weight</c>, <c>bias</c>, <c>running_mean</c>, <c>running_var</c>. What networks here are saved in.
    /// </summary>
    PyTorch,

    /// <summary>
    /// Dense [in, out], convolutions [height, width, in / groups, out], depthwise ones [height, width, in, multiplier], transposed ones [height,
    /// width, out, in]; flattened images are channels last; <c>kernel</c>, <c>bias</c>, <c>gamma</c>, <c>beta</c>, <c>moving_mean</c>,
    /// <c>moving_variance</c>, also with <c>:0</c>, or numbered as in <c>vars/0</c>. Its batch normalisation has ε = 1e-3, which the network
    /// declares as <c>BatchNorm(Epsilon = 1e-3)</c>.
    /// </summary>
    Keras,
}
