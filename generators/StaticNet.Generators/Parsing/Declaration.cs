using System.Globalization;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>The attributes of a network as inputs, layers and loss, in an order that makes sense.</summary>
internal sealed class Declaration
{
    /// <summary>The most inputs that the library has a type for.</summary>
    public const int MaximumInputs = 4;

    private Declaration(IReadOnlyList<Input> inputs, IReadOnlyList<Layer> layers, Loss? loss)
    {
        Inputs = inputs;
        Layers = layers;
        Loss = loss;
    }

    public IReadOnlyList<Input> Inputs { get; }

    public IReadOnlyList<Layer> Layers { get; }

    public Loss? Loss { get; }

    /// <summary>Reads the arguments of all attributes and reports those that are wrong or in the wrong place.</summary>
    public static Declaration Read(EquatableArray<LayerSpec> specs, ICollection<Finding> findings)
    {
        List<Input> inputs = [];
        List<Layer> layers = [];
        Loss? loss = null;
        for (var i = 0; i < specs.Count; i++)
        {
            var arguments = new Arguments(specs[i], i, findings);
            if (!LayerCatalog.Parts.TryGetValue(specs[i].Kind, out var read))
            {
                // Not from the library: the compiler says so, because only the library can derive from its attributes.
                continue;
            }

            var part = read(arguments);
            if (loss is not null)
            {
                arguments.Report(Rules.AfterLoss, -1, loss.Arguments, arguments.Text, loss.Arguments.Text);
                continue;
            }

            switch (part)
            {
                case Input when layers.Count > 0:
                    arguments.Report(Rules.InputAfterLayer, -1, arguments.Text);
                    break;
                case Input input:
                    inputs.Add(input);
                    if (inputs.Count == MaximumInputs + 1)
                    {
                        arguments.Report(Rules.TooManyInputs, -1, arguments.Text, MaximumInputs.ToString(CultureInfo.InvariantCulture));
                    }

                    break;
                case Layer layer:
                    layers.Add(layer);
                    break;
                case Loss last:
                    loss = last;
                    break;
            }
        }

        return new(inputs, layers, loss);
    }
}
