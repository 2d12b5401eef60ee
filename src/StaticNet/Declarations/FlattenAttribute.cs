namespace StaticNet;

/// <summary>
/// Takes the axes of a sample as one, the last running fastest: [a, b, c] → [a·b·c]. Nothing moves.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute;
