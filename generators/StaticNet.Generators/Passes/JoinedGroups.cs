using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Groups of channels as kernels compute them. A panel of outputs reads the channels of one group, so that the outputs of a group have to
/// fill whole panels: groups with other numbers are joined to larger ones, in whose weights zeros stand between what is of different
/// groups, as few together as fill panels, or all.
/// </summary>
internal sealed class JoinedGroups
{
    private readonly WindowContract _windows;
    private readonly int _image;
    private readonly int _map;

    public JoinedGroups(WindowContract windows)
    {
        _windows = windows;
        var groups = windows.Groups;
        var (image, map) = (windows.Image.Shape.Last.Size / groups, windows.Map.Shape.Last.Size / groups);
        var outputs = windows.Role == WindowRole.Scatter ? image : map;
        Together = Enumerable.Range(1, groups).First(count => count == groups || (groups % count == 0 && count * outputs % Padding.PanelWidth == 0));
        (_image, _map) = (Together * image, Together * map);
    }

    /// <summary>How many groups become one.</summary>
    public int Together { get; }

    /// <summary>The shape of the weights as kernels read them, of their gradient as kernels sum it.</summary>
    public TensorShape WeightShape => _windows.Role == WindowRole.Scatter
        ? _windows.Weights.Shape.With(0, _windows.Image.Shape.Last).With(1, _map)
        : _windows.Weights.Shape.With(1, _image);

    public GroupsOperation Operation(GroupsForm form) => new(form, _windows.Groups, Together);

    /// <summary>The same contraction over the larger groups.</summary>
    /// <param name="node">The contraction as it was recognised.</param>
    /// <param name="contract">Its operation, whose indices of places and cells stay.</param>
    public ContractOperation Join(Node node, ContractOperation contract)
    {
        // Dimensions: what is no channel as before, then group, channel of the map, channel of the image.
        (Node Node, AffineMap Map)[] tensors = [(node.Operands[0], contract.Left), (node.Operands[1], contract.Right), (node, contract.Result)];
        var channels = tensors.Where(tensor => tensor.Node != _windows.Weights).Select(tensor => tensor.Map.Indices[tensor.Map.Indices.Count - 1]).ToArray();
        int[] kept = [.. Enumerable.Range(0, contract.Domain.Count).Where(d => channels.All(index => index.Coefficients[d] == 0))];
        Extent[] added = [_windows.Groups / Together, _map, _image];
        int[] dimensions = [.. Enumerable.Range(0, 3).Where(d => !added[d].IsOne)];
        var maps = Array.ConvertAll(tensors, tensor => Of(tensor.Node, tensor.Map));
        return new([.. kept.Select(d => contract.Domain[d]), .. dimensions.Select(d => added[d])], maps[0], maps[1], maps[2]);

        AffineMap Of(Node tensor, AffineMap map)
        {
            var (image, mapped) = (Index(_image, 0, 1), Index(_map, 1, 0));
            return tensor != _windows.Weights ? new([.. map.Indices.Take(map.Indices.Count - 1).Select(Kept), tensor == _windows.Image ? image : mapped])
                : _windows.Role == WindowRole.Scatter ? new([image, Index(0, 1, 0), .. map.Indices.Skip(2).Select(Kept)])
                : new([mapped, Index(0, 0, 1), .. map.Indices.Skip(2).Select(Kept)]);
        }

        AffineIndex Index(params int[] steps) => new([.. kept.Select(_ => 0), .. dimensions.Select(d => steps[d])], 0);

        AffineIndex Kept(AffineIndex index) => index with { Coefficients = [.. kept.Select(d => index.Coefficients[d]), .. dimensions.Select(_ => 0)] };
    }
}
