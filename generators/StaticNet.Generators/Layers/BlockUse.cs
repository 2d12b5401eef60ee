using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Layers;

/// <summary>A use of a block: it stands for the block's layers and computes nothing itself. <see cref="Parsing.Declaration"/> expands it.</summary>
internal class BlockUse(Arguments arguments) : DeclaredPart(arguments)
{
    /// <summary>How often.</summary>
    public int Repeat { get; } = arguments.Positive("Repeat");

    /// <summary>Whether names have the number of the repetition.</summary>
    public bool IsNumbered => Arguments.Has("Repeat");
}

/// <summary>A use of a block beside a shortcut, the two of which are added.</summary>
internal sealed class Residual : BlockUse
{
    public Residual(Arguments arguments)
        : base(arguments)
    {
        HasProjection = arguments.Flag("Projection", false);
        if (HasProjection && arguments.Has("Shortcut"))
        {
            arguments.Invalid("Projection", "left out when Shortcut says what the shortcut is");
        }
    }

    public bool HasProjection { get; }

    /// <summary>The layers of the projection. They are normalised over the batch where the body is.</summary>
    public IEnumerable<Layer> Projection()
    {
        yield return new Projection(Arguments);
        if (Arguments.Block is { } body && Has(body, nameof(BatchNorm)))
        {
            yield return new BatchNorm(Arguments.Implied(new(nameof(BatchNorm), [])));
        }
    }

    private static bool Has(BlockSpec block, string kind) =>
        block.Layers.Any(layer => layer.Kind == kind || (layer.Block is { } inner && Has(inner, kind)));
}
