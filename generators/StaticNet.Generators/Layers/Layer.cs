using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>What is known of the numbers a layer gives, whatever it takes.</summary>
internal enum ValueRange
{
    Any,

    /// <summary>Each from 0 to 1.</summary>
    Probabilities,

    /// <summary>Each from 0 to 1, their sum 1.</summary>
    Distribution,
}

/// <summary>How PyTorch's order of what a layer gives follows from that of what it takes; its images are channels first.</summary>
internal enum FeatureFlow
{
    /// <summary>It makes features of its own.</summary>
    Own,

    /// <summary>Numbers stay where they are.</summary>
    Kept,

    /// <summary>Operands follow each other along the last axis.</summary>
    Joined,

    /// <summary>It takes places with channels and gives such.</summary>
    Places,
}

/// <summary>One attribute of a declaration with its arguments read. Every layer and loss has a file that says all about it.</summary>
internal abstract class DeclaredPart(Arguments arguments)
{
    public Arguments Arguments { get; } = arguments;
}

/// <summary>A layer: its arguments, its shape rule, its lowering. It keeps nothing but its arguments.</summary>
internal abstract class Layer(Arguments arguments) : DeclaredPart(arguments)
{
    /// <summary>The names of further values it takes; layers with one operand name none.</summary>
    public virtual EquatableArray<string> OperandNames => [];

    /// <summary>How the weights of a layer before this one start when nothing else is said.</summary>
    public virtual InitializerKind WeightInitializer => InitializerKind.GlorotUniform;

    public virtual ValueRange Range => ValueRange.Any;

    /// <summary>Whether numbers only move or vanish here: rules about what comes before or after look through this layer.</summary>
    public virtual bool IsTransparent => false;

    /// <summary>Whether weights before this layer start as the layers after it ask for: rules about values do not look through it.</summary>
    public virtual bool KeepsInitializer => IsTransparent;

    /// <summary>Whether the last thing it does is to add a bias to each channel, which <c>UseBias = false</c> leaves out.</summary>
    public virtual bool AddsBias => false;

    /// <summary>Whether what is added to a channel, the same everywhere, makes no difference to what it gives.</summary>
    public virtual bool RemovesBias => false;

    public virtual FeatureFlow Flow => FeatureFlow.Own;

    /// <summary>The shape rule. Null when the operands do not fit, which it reports.</summary>
    public abstract LayerResult? Infer(LayerInputs inputs);

    /// <summary>
    /// What shape it has probably when its operands' are wrong or unknown, so that the network keeps its typed surface; null when nothing
    /// can be said.
    /// </summary>
    public virtual EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => operands[0];

    public abstract Node Lower(LayerLowering lowering);

    /// <summary>What it is in ONNX: adds its nodes, named after it, for inference, and gives its value.</summary>
    public abstract OnnxValue ToOnnx(OnnxLowering lowering);
}

/// <summary>A value of the network in the making: what messages call it and what is known about it.</summary>
/// <param name="Source">The attribute that gives it.</param>
/// <param name="Shape">Its sample shape.</param>
internal sealed record Value(Arguments Source, EquatableArray<int> Shape)
{
    /// <summary>The declaration that gives it: <c>Dense(128)</c>.</summary>
    public string Text => Source.Text;
}

/// <summary>What a shape rule goes by.</summary>
/// <param name="Name">The layer's name, for its parameters.</param>
/// <param name="Operands">The values it takes.</param>
/// <param name="Initializer">How its weights start when it does not say: by the activation that follows.</param>
internal sealed record LayerInputs(string Name, IReadOnlyList<Value> Operands, InitializerKind Initializer)
{
    public Value X => Operands[0];

    /// <summary>The value whose shape the layer is to give, for projections.</summary>
    public Value? Model { get; init; }
}

/// <summary>What a shape rule gives.</summary>
internal sealed record LayerResult(EquatableArray<int> Shape, EquatableArray<ParameterSpec> Parameters, long MultiplyAdds)
{
    public LayerResult(EquatableArray<int> shape)
        : this(shape, [], 0)
    {
    }

    /// <summary>The fewest samples it can be trained on.</summary>
    public int MinimumTrainingBatch { get; init; } = 1;
}

/// <summary>What a layer lowers itself with.</summary>
/// <param name="Builder">The graph in the making.</param>
/// <param name="Model">The layer as analysed.</param>
/// <param name="Operands">The values it takes.</param>
/// <param name="RandomStream">The stream of random numbers that is this layer's own in training; null in inference.</param>
internal sealed record LayerLowering(GraphBuilder Builder, LayerModel Model, IReadOnlyList<Node> Operands, int? RandomStream)
{
    public Node X => Operands[0];

    /// <summary>Whether the graph is for training.</summary>
    public bool IsTraining => RandomStream is not null;
}
