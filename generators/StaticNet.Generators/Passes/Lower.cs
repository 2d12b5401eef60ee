using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Passes;

/// <summary>What a graph is for.</summary>
internal enum GraphPurpose
{
    /// <summary>Inference: <c>output</c> as declared.</summary>
    Forward,

    /// <summary>Inference: <c>output</c> after the loss's link (softmax, sigmoid).</summary>
    Predict,

    /// <summary>Inference: <c>output</c> as <see cref="Predict"/> gives it, and <c>loss</c>.</summary>
    Evaluate,

    /// <summary>Training: <c>loss</c> alone.</summary>
    Train,

    /// <summary>Training: <c>output</c> as declared, to be differentiated from a gradient that the user gives.</summary>
    Record,
}

/// <summary>
/// From a network worked out to its graph. <c>loss</c> is [batch, 1]: the loss of each sample times its weight, which is one over the
/// batch size unless the user weighs samples, so that the sum over the batch is the loss of the batch.
/// </summary>
internal static class Lower
{
    public const string Output = "output";

    public const string Loss = "loss";

    /// <exception cref="ArgumentException">The network has errors, or the purpose needs a loss and it has none.</exception>
    public static Graph Run(NetworkModel model, GraphPurpose purpose)
    {
        var needsLoss = purpose is GraphPurpose.Evaluate or GraphPurpose.Train;
        if (model.HasErrors || (needsLoss && model.Target is null))
        {
            throw new ArgumentException($"{model.Spec.FullName} cannot be lowered for {purpose}.", nameof(model));
        }

        var declaration = Declaration.Read(model.Spec.Layers, []);
        var builder = new GraphBuilder();
        var output = LowerLayers(builder, declaration, model, purpose is GraphPurpose.Train or GraphPurpose.Record);
        builder.Origin = declaration.Loss?.Arguments.Text ?? "";
        if (purpose is GraphPurpose.Forward or GraphPurpose.Record)
        {
            builder.Graph.Name(Output, output);
        }
        else if (purpose is GraphPurpose.Predict or GraphPurpose.Evaluate)
        {
            builder.Graph.Name(Output, declaration.Loss?.Link(builder, output) ?? output);
        }

        if (needsLoss)
        {
            builder.Graph.Name(Loss, LowerLoss(builder, declaration.Loss!, model.Target!, output));
        }

        return builder.Graph;
    }

    private static Node LowerLayers(GraphBuilder builder, Declaration declaration, NetworkModel model, bool isTraining)
    {
        List<Node> values = [];
        for (var i = 0; i < model.Inputs.Count; i++)
        {
            var (name, shape) = model.Inputs[i];
            builder.Origin = name;
            values.Add(declaration.Inputs[i].Lower(builder, builder.Input(InputRole.Data, i, name, TensorShape.Batched(shape))));
        }

        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            builder.Origin = layer.Name;
            values.Add(declaration.Layers[i].Lower(new(builder, layer, [.. layer.Operands.Select(v => values[v])], isTraining ? i : null)));
        }

        return values[model.OutputValue];
    }

    private static Node LowerLoss(GraphBuilder builder, Loss loss, TargetModel target, Node output)
    {
        var (kind, shape, _) = target;
        var type = kind == TargetKind.ClassIndex ? ElementType.Int32 : ElementType.Float32;
        var expected = builder.Input(InputRole.Target, 0, "target", TensorShape.Batched(shape), type);
        var weight = builder.Input(InputRole.SampleWeight, 0, "sampleWeight", TensorShape.Batched([1]));
        return builder.Map((sample, w) => sample * w, loss.Lower(new(builder, output, expected)), weight);
    }
}
