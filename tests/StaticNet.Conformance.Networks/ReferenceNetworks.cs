using StaticNet.Execution;

namespace StaticNet.Conformance.Networks;

/// <summary>A generated network for each case of the vector files, and those of <c>shapes</c>, which have no vectors.</summary>
public static class ReferenceNetworks
{
    private static readonly Dictionary<string, Func<NetworkCore>> Makers = new(StringComparer.Ordinal)
    {
        ["mlp/784-128-10"] = () => Of(new Mlp128(seed: 1)),
        ["mlp/784-500-10"] = () => Of(new Mlp500(seed: 1)),
        ["every-activation/every-activation"] = () => Of(new EveryActivation(seed: 1)),
        ["activations/relu"] = () => Of(new ReluAlone()),
        ["activations/leaky-relu"] = () => Of(new LeakyReluAlone()),
        ["activations/elu"] = () => Of(new EluAlone()),
        ["activations/selu"] = () => Of(new SeluAlone()),
        ["activations/gelu"] = () => Of(new GeluAlone()),
        ["activations/gelu-tanh"] = () => Of(new GeluTanhAlone()),
        ["activations/silu"] = () => Of(new SiluAlone()),
        ["activations/softplus"] = () => Of(new SoftplusAlone()),
        ["activations/sigmoid"] = () => Of(new SigmoidAlone()),
        ["activations/hard-sigmoid"] = () => Of(new HardSigmoidAlone()),
        ["activations/hard-swish"] = () => Of(new HardSwishAlone()),
        ["activations/tanh"] = () => Of(new TanhAlone()),
        ["activations/softmax"] = () => Of(new SoftmaxAlone()),
        ["activations/log-softmax"] = () => Of(new LogSoftmaxAlone()),
        ["losses/mean-squared-error"] = () => Of(new MeanSquaredErrorLoss(seed: 1)),
        ["losses/mean-squared-error-half"] = () => Of(new HalfMeanSquaredErrorLoss(seed: 1)),
        ["losses/mean-absolute-error"] = () => Of(new MeanAbsoluteErrorLoss(seed: 1)),
        ["losses/mean-absolute-error-exact"] = () => Of(new MeanAbsoluteErrorAtPoints(seed: 1)),
        ["losses/huber"] = () => Of(new HuberLoss(seed: 1)),
        ["losses/huber-exact"] = () => Of(new HuberAtPoints(seed: 1)),
        ["losses/huber-0.25"] = () => Of(new NarrowHuberLoss(seed: 1)),
        ["losses/huber-0.25-exact"] = () => Of(new NarrowHuberAtPoints(seed: 1)),
        ["losses/binary-cross-entropy"] = () => Of(new BinaryCrossEntropyLoss(seed: 1)),
        ["losses/binary-cross-entropy-soft"] = () => Of(new BinaryCrossEntropyLoss(seed: 1)),
        ["losses/binary-cross-entropy-saturated"] = () => Of(new BinaryCrossEntropyAtPoints(seed: 1)),
        ["losses/binary-cross-entropy-from-logits"] = () => Of(new BinaryCrossEntropyFromLogitsLoss(seed: 1)),
        ["losses/binary-cross-entropy-from-logits-far"] = () => Of(new BinaryCrossEntropyFromLogitsAtPoints(seed: 1)),
        ["losses/categorical-cross-entropy-index"] = () => Of(new CategoricalCrossEntropyLoss(seed: 1)),
        ["losses/categorical-cross-entropy-index-saturated"] = () => Of(new CategoricalCrossEntropyAtPoints(seed: 1)),
        ["losses/categorical-cross-entropy-one-hot"] = () => Of(new OneHotCategoricalCrossEntropyLoss(seed: 1)),
        ["losses/categorical-cross-entropy-one-hot-saturated"] = () => Of(new OneHotCategoricalCrossEntropyAtPoints(seed: 1)),
        ["losses/softmax-cross-entropy-index"] = () => Of(new SoftmaxCrossEntropyLoss(seed: 1)),
        ["losses/softmax-cross-entropy-index-far"] = () => Of(new SoftmaxCrossEntropyAtPoints(seed: 1)),
        ["losses/softmax-cross-entropy-one-hot"] = () => Of(new OneHotSoftmaxCrossEntropyLoss(seed: 1)),
        ["losses/softmax-cross-entropy-soft"] = () => Of(new OneHotSoftmaxCrossEntropyLoss(seed: 1)),
        ["losses/softmax-cross-entropy-one-hot-far"] = () => Of(new OneHotSoftmaxCrossEntropyAtPoints(seed: 1)),
        ["losses/softmax-cross-entropy-index-smoothing"] = () => Of(new SmoothSoftmaxCrossEntropyLoss(seed: 1)),
        ["losses/softmax-cross-entropy-index-smoothing-far"] = () => Of(new SmoothSoftmaxCrossEntropyAtPoints(seed: 1)),
        ["losses/softmax-cross-entropy-one-hot-smoothing"] = () => Of(new SmoothOneHotSoftmaxCrossEntropyLoss(seed: 1)),
        ["losses/softmax-cross-entropy-one-hot-smoothing-far"] = () => Of(new SmoothOneHotSoftmaxCrossEntropyAtPoints(seed: 1)),
        ["graphs/concat"] = () => Of(new ConcatGraph(seed: 1)),
        ["graphs/residual"] = () => Of(new ResidualGraph(seed: 1)),
        ["graphs/gating"] = () => Of(new GatingGraph(seed: 1)),
        ["graphs/fan-out"] = () => Of(new FanOutGraph(seed: 1)),
        ["graphs/input-twice"] = () => Of(new InputTwiceGraph(seed: 1)),
        ["graphs/square"] = () => Of(new SquareGraph(seed: 1)),
        ["regularization/l1"] = () => Of(new L1Penalties(seed: 1)),
        ["regularization/l2"] = () => Of(new L2Penalties(seed: 1)),
        ["regularization/l1-l2"] = () => Of(new BothPenalties(seed: 1)),
        ["shapes/one-by-one"] = () => Of(new OneByOne(seed: 1)),
        ["shapes/around-vectors"] = () => Of(new AroundVectors(seed: 1)),
        ["shapes/around-panels"] = () => Of(new AroundPanels(seed: 1)),
        ["shapes/large-weights"] = () => Of(new LargeWeights(seed: 1)),
        ["shapes/dropouts"] = () => Of(new Dropouts(seed: 1)),
        ["shapes/image"] = () => Of(new Image(seed: 1)),
        ["shapes/four-inputs"] = () => Of(new FourInputs(seed: 1)),
        ["shapes/shared-gradients"] = () => Of(new SharedGradients(seed: 1)),
        ["shapes/nothing-but-dropout"] = () => Of(new NothingButDropout(seed: 1)),
    };

    /// <summary>All names, <c>file/case</c>, in ordinal order.</summary>
    public static IEnumerable<string> Names => Makers.Keys.Order(StringComparer.Ordinal);

    /// <summary>The network of a case; its run-time half, which owns all there is to dispose of.</summary>
    public static NetworkCore Create(string name) => Makers[name]();

    private static NetworkCore Of<TInput, TOutput>(INetwork<TInput, TOutput> network)
        where TInput : IShape
        where TOutput : IShape => network.Core;
}
