using Microsoft.CodeAnalysis;
using StaticNet.Generators.Diagnostics;

namespace StaticNet.Generators.Parsing;

/// <summary>Reads attributes, and with those that use blocks the blocks, and what these use.</summary>
internal sealed class BlockParser(CancellationToken cancellation)
{
    private const string BlockAttribute = "StaticNet.BlockAttribute";
    private const string Suffix = "Attribute";

    private readonly Dictionary<ISymbol, BlockSpec> _read = new(SymbolEqualityComparer.Default);
    private readonly List<ISymbol> _open = [];

    /// <summary>The class that an attribute uses as a block.</summary>
    public static ITypeSymbol? BlockOf(AttributeData attribute) =>
        attribute.AttributeClass?.TypeArguments.FirstOrDefault();

    /// <summary>The class that an attribute uses as the shortcut around its block.</summary>
    public static ITypeSymbol? ShortcutOf(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(pair => pair.Key == "Shortcut").Value.Value as ITypeSymbol;

    public static bool IsBlock(ITypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass is { Arity: 0 } found && found.ToDisplayString() == BlockAttribute);

    public LayerSpec ReadLayer(AttributeData attribute)
    {
        var (block, shortcut) = (BlockOf(attribute), ShortcutOf(attribute));
        var name = attribute.AttributeClass!.Name;
        var kind = name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
        var isBroken = ArgumentReader.IsBroken(attribute) || block?.TypeKind == TypeKind.Error || shortcut?.TypeKind == TypeKind.Error;
        return new(kind, [.. ArgumentReader.Read(attribute, cancellation)], isBroken)
        {
            Block = block is null ? null : ReadBlock(block),
            Shortcut = shortcut is null ? null : ReadBlock(shortcut),
        };
    }

    private BlockSpec ReadBlock(ITypeSymbol type)
    {
        if (!_read.TryGetValue(type, out var block))
        {
            var repeated = _open.FindIndex(open => SymbolEqualityComparer.Default.Equals(open, type));
            if (repeated >= 0)
            {
                // Not kept: read from elsewhere the cycle begins elsewhere.
                var cycle = _open.Skip(repeated).Append(type).Select(open => open.Name);
                return Unusable(type, Rules.BlockCycle, string.Join(" → ", cycle));
            }

            _open.Add(type);
            block = ReadNew(type);
            _open.RemoveAt(_open.Count - 1);
            _read[type] = block;
        }

        return block;
    }

    private BlockSpec ReadNew(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named || !IsBlock(type))
        {
            return Unusable(type, Rules.NoBlock, "it is no class with [Block]");
        }

        var layers = NetworkParser.LayerAttributes(named).ToList();
        return layers.Count == 0 ? Unusable(type, Rules.NoBlock, "it has no layers")
            : ClassRules.SpreadLayers(named, cancellation) is { } spread ? new(type.Name, [], spread)
            : new(type.Name, [.. layers.Select(ReadLayer)]);
    }

    private static BlockSpec Unusable(ITypeSymbol type, string rule, string reason) =>
        new(type.Name, [], new(rule, Place.Class, -1, [type.Name, reason]));
}
