using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>A loss: its arguments, what it compares with, its lowering.</summary>
internal abstract class Loss(Arguments arguments) : DeclaredPart(arguments)
{
    /// <summary>What an output of this shape is compared with, whether it fits or not.</summary>
    public abstract TargetModel TargetOf(EquatableArray<int> output);

    /// <summary>Whether the output fits; reports it if not.</summary>
    public virtual bool Accepts(Value output) => true;

    /// <summary>Findings about the numbers it gets: probabilities where it takes logits and the reverse.</summary>
    /// <param name="range">What is known of the output.</param>
    /// <param name="source">The layer that makes it so.</param>
    public virtual void CheckRange(ValueRange range, Arguments source)
    {
    }

    /// <summary>From the network's output to what <c>Predict</c> gives.</summary>
    public virtual Node Link(GraphBuilder builder, Node output) => output;

    /// <summary>The same in ONNX.</summary>
    public virtual OnnxValue LinkToOnnx(OnnxGraph graph, OnnxValue output) => output;

    /// <summary>What the output means: a member of the library's <c>NetworkTask</c>.</summary>
    public virtual string Task => "Regression";

    /// <summary>The loss of each sample, [batch, 1].</summary>
    public abstract Node Lower(LossLowering lowering);
}

/// <summary>What a loss lowers itself with.</summary>
/// <param name="Builder">The graph in the making.</param>
/// <param name="Output">The network's output, [batch, …].</param>
/// <param name="Target">The target: [batch, 1] of int for class indices, the output's shape otherwise.</param>
internal sealed record LossLowering(GraphBuilder Builder, Node Output, Node Target)
{
    /// <summary>A value with all axes of a sample as one: [batch, elements].</summary>
    public Node AsRows(Node value) => Builder.Reshape(value, TensorShape.Batched([value.Shape.ConstantSize]));
}
